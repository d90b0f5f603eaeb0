import type { FileRequest } from '#src/domain/license-files/request.ts'
import type { ComputerInUse, FieldError } from '#src/domain/refusal.ts'
import { described, ErrorSummary, FieldProblem } from '../../components/error-summary.tsx'
import { At } from '../../components/time.tsx'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'

type Props = {
  frame: Frame
  /** As it was pasted, or came with the address. */
  typed: string
  /** What it says, where it can be read. */
  request: FileRequest | null
  /** Computers of which one has to go, where no place is free. */
  inUse: readonly ComputerInUse[]
  errors: readonly FieldError[]
}

/** Takes the request of a computer without a line and activates it (R312). */
export const NewLicenseFilePage = ({ frame, typed, request, inUse, errors }: Props) => (
  <Portal frame={frame} title="Activate a computer without internet" error={errors.length > 0}>
    <header>
      <h1>Activate a computer without internet</h1>
      <p class="soft">
        The software shows a request, as text or as a QR code that opens this page. You carry back a license file.
      </p>
    </header>
    <ErrorSummary errors={errors} />
    <form class="card form" method="post" action={paths.licenseFiles} novalidate>
      {request && <Asked request={request} />}
      <div>
        <label for="request">Request of the software</label>
        <p class="soft" id="request-hint">
          All of it; it begins with <code>PR1.</code>
        </p>
        <FieldProblem errors={errors} name="request" />
        <textarea
          id="request"
          name="request"
          rows={request ? 2 : 5}
          spellcheck={false}
          autocomplete="off"
          required
          {...described({ errors, name: 'request' }, true)}
        >
          {typed}
        </textarea>
      </div>
      {inUse.length > 0 && <Replaced inUse={inUse} errors={errors} />}
      <button type="submit" class="main">
        Activate and make the file
      </button>
    </form>
    <p class="soft">
      The computer then counts like any other. <a href={`${paths.documentation}#offline`}>How this works</a>
    </p>
  </Portal>
)

const Asked = ({ request }: { request: FileRequest }) => (
  <dl>
    <dt>Computer</dt>
    <dd>
      <bdi>{request.hostname.slice(0, 255)}</bdi>
    </dd>
    <dt>Product</dt>
    <dd>{request.product.slice(0, 64)}</dd>
    <dt>Activation key</dt>
    <dd>
      <code>{request.activationKey.slice(0, 64)}</code>
    </dd>
  </dl>
)

const Replaced = ({ inUse, errors }: { inUse: readonly ComputerInUse[]; errors: readonly FieldError[] }) => (
  <fieldset id="replace">
    <legend>Released for it</legend>
    <FieldProblem errors={errors} name="replace" />
    {inUse.map(({ id, name, lastCheckInAt }) => (
      <label>
        <input type="radio" name="replace" value={id} />
        <span>
          {name}{' '}
          <span class="soft">
            {lastCheckInAt ? (
              <>
                seen <At at={new Date(lastCheckInAt)} />
              </>
            ) : (
              'never seen'
            )}
          </span>
        </span>
      </label>
    ))}
  </fieldset>
)
