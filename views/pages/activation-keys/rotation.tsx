import type { ActivationKeySummary } from '#src/domain/activation-keys/activation-key.ts'
import { type FormerCode, longestGraceDays } from '#src/domain/activation-keys/rotation.ts'
import type { FieldError } from '#src/domain/refusal.ts'
import { described, ErrorSummary, FieldProblem } from '../../components/error-summary.tsx'
import { At, Zone } from '../../components/time.tsx'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'
import { zoneInWords } from '../../words.ts'

type Props = {
  frame: Frame
  activationKey: ActivationKeySummary
  draft: { readonly code: string; readonly graceDays: string }
  request: string
  errors: readonly FieldError[]
}

/** Says what a rotation does, and asks for how long the old code still works. */
export const RotationPage = ({ frame, activationKey: key, draft, request, errors }: Props) => (
  <Portal frame={frame} title={`Rotate ${key.name}`} error={errors.length > 0}>
    <nav aria-label="Breadcrumb">
      <a href={paths.activationKeys}>Activation keys</a> ›{' '}
      <a href={paths.activationKey(key.id)}>
        <bdi>{key.name}</bdi>
      </a>{' '}
      › Rotate
    </nav>
    <h1>
      Rotate the key <bdi>{key.name}</bdi>
    </h1>
    <ErrorSummary errors={errors} />
    <form class="form" method="post" action={paths.activationKeyRotations(key.id)} novalidate>
      <input type="hidden" name="version" value={key.version} />
      <input type="hidden" name="request" value={request} />
      <p>
        The key gets a new code. <code>{key.code}</code> still works for the days below, then never again. What runs
        with it goes on running; the account is told by letter.
      </p>
      <div>
        <label for="graceDays">Days for which the old code still works</label>
        <small id="graceDays-hint">0 to {longestGraceDays}; 0 stops it at once</small>
        <FieldProblem errors={errors} name="graceDays" />
        <input
          type="text"
          id="graceDays"
          name="graceDays"
          value={draft.graceDays}
          inputmode="numeric"
          size={4}
          autocomplete="off"
          {...described({ errors, name: 'graceDays' }, true)}
        />
      </div>
      <div>
        <label for="code">New code</label>
        <small id="code-hint">XXXX-XXXX-XXXX-XXXX, letters A to Z and digits. Empty: a random one is made.</small>
        <FieldProblem errors={errors} name="code" />
        <input
          type="text"
          id="code"
          name="code"
          class="mono"
          value={draft.code}
          size={22}
          maxlength={40}
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          {...described({ errors, name: 'code' }, true)}
        />
      </div>
      <p class="row">
        <button type="submit" class="main">
          Rotate
        </button>
        <a class="button" href={paths.activationKey(key.id)}>
          Keep it as it is
        </a>
      </p>
    </form>
  </Portal>
)

/** The codes that a key had, and until when each works. */
export const FormerCodes = ({ codes, now }: { codes: readonly FormerCode[]; now: Date }) =>
  codes.length === 0 ? null : (
    <table>
      <caption>Former codes</caption>
      <thead>
        <tr>
          <th scope="col">Code</th>
          <th scope="col">
            Rotated (<Zone />)
          </th>
          <th scope="col">Works</th>
        </tr>
      </thead>
      <tbody>
        {codes.map(({ code, rotatedAt, validUntil }) => (
          <tr>
            <th scope="row">
              <code>{code}</code>
            </th>
            <td data-label={`Rotated (${zoneInWords()})`}>
              <At at={rotatedAt} />
            </td>
            <td data-label="Works">
              {validUntil > now ? (
                <span class="due">
                  until <At at={validUntil} /> <Zone />
                </span>
              ) : (
                'No more'
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
