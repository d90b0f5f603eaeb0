import type { AccountKind } from '#src/domain/accounts/account.ts'
import { type Act, acts } from '#src/domain/accounts/acts.ts'
import {
  type Permission,
  permissionHeldBy,
  permissionNames,
  permissions,
  type Role,
  roleNames,
  roles,
} from '#src/domain/accounts/permissions.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'

type Props = {
  frame: Frame
  accountKind: AccountKind
  /** The reader's own; `null` for a customer without a login. */
  role: Role | null
}

/** The six roles and fourteen permissions, out of the one table that decides, with what each covers in this account. */
export const RolesPage = ({ frame, accountKind, role }: Props) => (
  <Portal frame={frame} title="Roles">
    <header>
      <h1>Roles</h1>
      <p>What each role may do. The same table decides what the portal and its API let pass.</p>
    </header>
    <table>
      <caption>
        {Object.keys(permissions).length} permissions, {roles.length} roles
        {role && `; yours is ${roleNames[role]}`}
      </caption>
      <thead>
        <tr>
          <th scope="col">Permission</th>
          {roles.map((one) => (
            <th scope="col">{roleNames[one]}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {(Object.keys(permissions) as Permission[]).map((permission) => (
          <tr>
            <th scope="row" data-label="Permission">
              <b>{permissionNames[permission]}</b>
              <small>{coveredBy(accountKind, permission)}</small>
            </th>
            {roles.map((one) => (
              <td data-label={roleNames[one]}>
                {permissionHeldBy(one, permission) ? <span class="good">✓ Yes</span> : <span class="soft">No</span>}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
    <p>
      The master login has every permission, and alone handles {ofMaster(accountKind)}. Everybody changes their own
      password.
    </p>
  </Portal>
)

const actsFor = (accountKind: AccountKind) =>
  (Object.keys(acts) as Act[]).filter((act) => (acts[act].accounts as readonly AccountKind[]).includes(accountKind))

/** What a permission covers for this kind of account: `license: assign, delete; support: extend`. */
function coveredBy(accountKind: AccountKind, permission: Permission): string {
  const covered = actsFor(accountKind).filter((act) => acts[act].permission === permission && !('master' in acts[act]))
  const byNoun = new Map<string, string[]>()
  for (const act of covered) {
    const [noun = '', verb = ''] = act.split('.')
    byNoun.set(noun, [...(byNoun.get(noun) ?? []), inWords(verb)])
  }
  return [...byNoun].map(([noun, verbs]) => `${inWords(noun)}: ${verbs.join(', ')}`).join('; ')
}

const ofMaster = (accountKind: AccountKind): string => {
  const nouns = actsFor(accountKind).flatMap((act) => ('master' in acts[act] ? [inWords(act.split('.')[0] ?? '')] : []))
  return [...new Set(nouns)].map((noun) => `${noun}s`).join(', ')
}

const inWords = (name: string): string => name.replace('api', 'API').replaceAll('-', ' ')
