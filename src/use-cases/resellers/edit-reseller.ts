import { updateProfile } from '#src/db/accounts.ts'
import { stillStands } from '#src/db/actors.ts'
import { stopEmailChangesOf, useLinksOf } from '#src/db/email-changes.ts'
import { expect, expectOne } from '#src/db/expect.ts'
import { giveProducts, takeProducts, wereGiven } from '#src/db/given-products.ts'
import { updateMasterEmail } from '#src/db/logins.ts'
import { moveOwnRecipient } from '#src/db/own-recipients.ts'
import type { Write } from '#src/db/query.ts'
import type { OneReseller } from '#src/db/resellers.ts'
import { emailKey } from '#src/domain/accounts/identifier.ts'
import { resellerFieldsFrom } from '#src/domain/accounts/reseller-fields.ts'
import type { Id } from '#src/domain/ids.ts'
import { refuse } from '#src/domain/refusal.ts'
import { type Asking, demandProof } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { sendLetters } from '../letters/send-letters.ts'
import { commitOnce, type Once } from '../once.ts'
import { type By, byActor, post, record } from '../record.ts'
import { findBelow } from './find-below.ts'

export type ResellerEdit = {
  readonly id: string
  /** The version that is changed; `any` whatever it is by now, `null` where nobody said. */
  readonly version: number | 'any' | null
  readonly name?: string | undefined
  readonly email?: string | undefined
  /** All products it is to have. Those taken away are taken from all below it too; what was assigned stays. */
  readonly products?: readonly string[] | undefined
}

/**
 * Edits a seller below: name, e-mail (its master login's too) and products; returns it as it then is. What changes
 * nothing writes nothing. A master login that is in use is moved only on a fresh proof, and both addresses are told.
 * Refuses `not-found`, `precondition-required`, `version-mismatch`, `invalid-request`, `proof-required`, `email-taken`,
 * `product-not-given`.
 */
export async function editReseller(deps: Deps, asking: Asking, edit: ResellerEdit, once: Once | null = null) {
  const { actor, reseller, replayed } = await findBelow(deps, asking, edit.id, once)
  if (replayed) return reseller
  if (edit.version === null) refuse({ code: 'precondition-required' })
  const { name, email, products } = edit
  const wanted = resellerFieldsFrom({ name, email, products })
  if (edit.version !== 'any' && edit.version !== reseller.version) refuse({ code: 'version-mismatch' })
  const { before, after } = changes(reseller, wanted)
  if (Object.keys(after).length === 0) return reseller
  const codes = after.products ?? reseller.productCodes
  const added = codes.filter((code) => !reseller.productCodes.includes(code))
  const taken = reseller.productCodes.filter((code) => !codes.includes(code))
  const by = byActor(actor, asking)
  const moving = after.email === undefined || after.email === reseller.loginEmail ? null : after.email
  if (moving !== null && reseller.loginInUse) demandProof(actor, deps.now())
  const moved = moving === null ? nothing : moveLogin(deps, by, reseller, moving, actor.account.name)
  const edited = { ...reseller, ...after, productCodes: [...codes], version: reseller.version + 1 }
  const { id } = reseller
  const subject = { kind: 'account', id, name: edited.name } as const
  await commitOnce(
    deps,
    asking,
    once,
    [
      expect('signed-out', stillStands(asking.credential.id)),
      updateProfile(id, reseller.version, edited),
      expectOne('version-mismatch'),
      expect('product-not-given', wereGiven(actor.account.id, added)),
      ...moved.writes,
      ...(added.length > 0 ? [giveProducts(id, added, deps.now())] : []),
      ...(taken.length > 0 ? [takeProducts(id, taken)] : []),
      record(deps, by, { action: 'account.edited', accountId: id, subject, before, after }),
    ],
    { status: 200, response: { id } },
  )
  deps.afterwards(sendLetters(deps, moved.letterIds))
  return edited
}

type Moved = { readonly writes: readonly Write[]; readonly letterIds: readonly Id<'letter'>[] }
const nothing: Moved = { writes: [], letterIds: [] }

/**
 * The master login and its reports go along with the e-mail; what was mailed to the old address opens nothing any more.
 * Once it was in use both addresses are told, so that nobody moves somebody's login away in silence.
 */
function moveLogin(deps: Deps, by: By, reseller: OneReseller, newEmail: string, seller: string): Moved {
  const { id: accountId, loginId, loginName, loginEmail: oldEmail } = reseller
  const at = deps.now()
  const from = by.name === seller ? seller : `${by.name} of ${seller}`
  const params = { name: loginName, oldEmail, newEmail, address: by.address, at: at.toISOString(), by: from }
  const letters = (reseller.loginInUse ? [oldEmail, newEmail] : []).map((to) => {
    const letterId = deps.newId('letter')
    const letter = { id: letterId, template: 'email-changed', accountId, to, once: letterId } as const
    return { letterId, write: post(deps, { ...letter, params }) }
  })
  const writes = [
    updateMasterEmail(accountId, newEmail),
    useLinksOf(loginId, at),
    stopEmailChangesOf(loginId, at),
    ...moveOwnRecipient(accountId, { from: emailKey(oldEmail), email: newEmail, emailKey: emailKey(newEmail) }),
    record(deps, by, {
      ...{ action: 'login.email-changed', accountId, subject: { kind: 'login', id: loginId, name: loginName } },
      ...{ before: { email: oldEmail }, after: { email: newEmail } },
    }),
    ...letters.map(({ write }) => write),
  ]
  return { writes, letterIds: letters.map(({ letterId }) => letterId) }
}

type Editable = { readonly name: string; readonly email: string; readonly products: readonly string[] }
type Wanted = { readonly [F in keyof Editable]: Editable[F] | undefined }

/** Only what an edit changes, before and after. */
function changes(
  { name, email, productCodes }: Omit<Editable, 'products'> & { productCodes: string[] },
  wanted: Wanted,
) {
  const now: Editable = { name, email, products: productCodes.toSorted() }
  const fields = (['name', 'email', 'products'] as const).filter(
    (field) => wanted[field] !== undefined && String(wanted[field]) !== String(now[field]),
  )
  const pick = (from: Wanted): Partial<Editable> => Object.fromEntries(fields.map((field) => [field, from[field]]))
  return { before: pick(now), after: pick(wanted) }
}
