import type { FieldError } from '#src/domain/refusal.ts'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { At, Zone } from '../../components/time.tsx'
import { Public } from '../../layouts/public.tsx'
import { paths } from '../../paths.ts'
import type { SignInFrame } from '../sign-in/identify.tsx'

type RunningOne = {
  readonly id: string
  readonly computerName: string
  readonly productName: string
  readonly lastCheckInAt: Date | null
}

type Props = {
  frame: SignInFrame
  token: string
  running: readonly RunningOne[]
  errors: readonly FieldError[]
}

/** What a mailed link can release: opening it changes nothing, a button does (R304). */
export const ReleaseLinkPage = ({ frame, token, running, errors }: Props) => (
  <Public title="Release a computer" {...frame} error={errors.length > 0}>
    <header>
      <h1>Release a computer</h1>
      <p class="soft">
        {running.length === 0
          ? 'Nothing runs with this key any more, so there is nothing to release.'
          : 'The software on it stops, and the license is free for another one. This link works once.'}
      </p>
    </header>
    <ErrorSummary errors={errors} />
    {running.map((one) => (
      <form class="card row" method="post" action={paths.link(token)}>
        <input type="hidden" name="activation" value={one.id} />
        <p>
          <b>{one.computerName}</b>
          <br />
          {one.productName},{' '}
          <span class="soft">
            {one.lastCheckInAt ? (
              <>
                seen <At at={one.lastCheckInAt} /> <Zone />
              </>
            ) : (
              'never seen'
            )}
          </span>
        </p>
        <button type="submit">
          Release
          <span class="hide">
            {' '}
            {one.computerName}, {one.productName}
          </span>
        </button>
      </form>
    ))}
    {running.length > 1 && (
      <form method="post" action={paths.link(token)}>
        <input type="hidden" name="activation" value="all" />
        <button type="submit">Release all {running.length}</button>
      </form>
    )}
    <p>
      <a href={paths.signIn}>Sign in instead</a>
    </p>
  </Public>
)
