import { hasSecondFactor } from '#src/domain/sign-in/two-factor.ts'
import { SecondFactorState } from '../../components/second-factor-state.tsx'
import { At, Zone } from '../../components/time.tsx'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'
import { counted } from '../../words.ts'

type Master = {
  readonly id: string
  readonly accountName: string
  readonly name: string
  readonly login: string | null
  readonly email: string
  readonly lastSignInAt: Date | null
  readonly totpSeed: string | null
  readonly totpResetAt: Date | null
}

type Props = { frame: Frame; q: string; logins: readonly Master[]; now: Date }

/** Finds the master login of an account below by what it signs in with; its second factor is reset from here. */
export const MasterLoginsPage = ({ frame, q, logins, now }: Props) => (
  <Portal frame={frame} title="Master logins">
    <header>
      <h1>Master logins</h1>
      <p>
        For a master login that lost its phone and its recovery codes. Be sure who asks before you reset anything: call
        back under a number that you know.
      </p>
    </header>
    <form method="get" action={paths.masterLogins} class="row">
      <label class="field">
        E-mail or login
        <input type="search" name="q" value={q} maxlength={254} autocomplete="off" />
      </label>
      <button type="submit" class="main">
        Find
      </button>
    </form>
    {q !== '' && logins.length === 0 && (
      <p class="card" role="status">
        No master login of an account below yours signs in with “{q}”. It must be written out in full. Sub-logins are
        reset by the master login of their account.
      </p>
    )}
    {logins.length > 0 && <Found logins={logins} now={now} />}
  </Portal>
)

const Found = ({ logins, now }: Pick<Props, 'logins' | 'now'>) => (
  <table>
    <caption>
      <span role="status">{counted(logins.length, 'master login')}</span>
    </caption>
    <thead>
      <tr>
        <th scope="col">Account</th>
        <th scope="col">Who</th>
        <th scope="col">
          Last sign-in (<Zone />)
        </th>
        <th scope="col">Two-factor</th>
        <th scope="col">
          <span class="hide">Actions</span>
        </th>
      </tr>
    </thead>
    <tbody>
      {logins.map((one) => (
        <tr>
          <th scope="row" data-label="Account">
            <bdi>{one.accountName}</bdi>
          </th>
          <td data-label="Who">
            <bdi>{one.name}</bdi>
            <small class="any">{one.login ? `${one.login}, ${one.email}` : one.email}</small>
          </td>
          <td data-label="Last sign-in">{one.lastSignInAt ? <At at={one.lastSignInAt} /> : 'Never'}</td>
          <td data-label="Two-factor">
            <SecondFactorState login={one} now={now} />
          </td>
          <td>
            {hasSecondFactor(one, now) && (
              <a class="act" href={paths.masterFactorReset(one.id)}>
                Reset the second factor<span class="hide"> of {one.name}</span>
              </a>
            )}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
)
