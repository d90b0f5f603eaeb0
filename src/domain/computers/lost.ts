import { emailKey } from '../accounts/identifier.ts'

/** What runs on a computer: who owns it, by the license's e-mail and the account's. */
type Owned = { readonly licenseEmail: string | null; readonly accountEmail: string }

/** More owners than these are not written to: the account that they all belong to is. */
const mostOwners = 3

/** Whose a running product is: whoever the license was given to, else the account's. */
const ownerOf = ({ licenseEmail, accountEmail }: Owned): string => licenseEmail || accountEmail

/** Whom a link that releases computers goes to (R304). `whole`: to release whatever runs with the key. */
export function ownersOf(running: readonly Owned[]): { readonly email: string; readonly whole: boolean }[] {
  const [first] = running
  if (!first) return []
  const owners = [...new Map(running.map((one) => [emailKey(ownerOf(one)), ownerOf(one)])).values()]
  if (owners.length > mostOwners) return [{ email: first.accountEmail, whole: true }]
  return owners.map((email) => ({ email, whole: emailKey(email) === emailKey(first.accountEmail) }))
}

/** Whether a link that was mailed to somebody may release it. */
export const isReleasedBy = (one: Owned, { email, whole }: { email: string; whole: boolean }): boolean =>
  whole || emailKey(ownerOf(one)) === emailKey(email)
