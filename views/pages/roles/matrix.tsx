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
            <th scope="col">
              <InLines text={roleNames[one]} />
            </th>
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

/** What a permission covers for this kind of account: `assign licenses, delete licenses, extend support`. */
function coveredBy(accountKind: AccountKind, permission: Permission): string {
  const covered = actsFor(accountKind).filter((act) => acts[act].permission === permission && !('master' in acts[act]))
  const told = covered.map((act) => {
    const [noun = '', verb = ''] = act.split('.')
    return `${verbs[verb] ?? inWords(verb)} ${plural(noun)}`
  })
  return [...new Set(told)].join(', ')
}

const verbs: Readonly<Record<string, string>> = { read: 'see', follow: 'see' }
const uncountable = new Set(['account', 'billing', 'support'])
const plural = (noun: string): string => (uncountable.has(noun) ? noun : `${inWords(noun)}s`)

/** A heading in narrow lines, so that six of them fit beside each other. */
const InLines = ({ text }: { text: string }) => (
  <>
    {text.split(/(?<!Read|Only|and) /).map((line, i) => (
      <>
        {i > 0 && <br />}
        {line}
      </>
    ))}
  </>
)

const ofMaster = (accountKind: AccountKind): string => {
  const nouns = actsFor(accountKind).flatMap((act) => ('master' in acts[act] ? [inWords(act.split('.')[0] ?? '')] : []))
  return [...new Set(nouns)].map((noun) => `${noun}s`).join(', ')
}

const inWords = (name: string): string => name.replace('api', 'API').replaceAll('-', ' ')
