import { At, Zone } from '../../components/time.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'

type Props = {
  frame: Frame
  /** Where the form goes; `null` where the reader may not. */
  action: string | null
  login: {
    readonly id: string
    readonly name: string
    readonly email: string
    readonly totpSeed: string | null
    readonly totpResetAt: Date | null
  }
  now: Date
}

/** What the reset of somebody's second factor does, and the form that does it. */
export const FactorResetPage = ({ frame, action, login, now }: Props) => (
  <Portal frame={frame} title="Reset the second factor">
    <h1>Reset the second factor of {login.name}</h1>
    {stateOf(login, now) ??
      (action ? (
        <form class="card form" method="post" action={action} {...hx({ disable: 'find button' })}>
          <p>
            For somebody who lost their phone and their recovery codes. Two-factor of <b>{login.email}</b> goes off
            after 24 hours. A letter tells them at once; if they sign in with a code before, nothing changes.
          </p>
          <button type="submit" class="main">
            Reset
          </button>
        </form>
      ) : (
        <p>The second factor of the master login is not reset here. Write to the vendor, whose address stands below.</p>
      ))}
  </Portal>
)

function stateOf({ totpSeed, totpResetAt }: Props['login'], now: Date) {
  if (totpSeed === null) return <p>This login has no second factor.</p>
  if (!totpResetAt) return null
  return totpResetAt <= now ? (
    <p>It is off: the reset came due.</p>
  ) : (
    <p>
      It goes off at <At at={totpResetAt} /> <Zone />.
    </p>
  )
}
