import { insertAccount } from '#src/db/accounts.ts'
import { stillStands } from '#src/db/actors.ts'
import { expect } from '#src/db/expect.ts'
import { giveProducts, listGivableProducts, wereGiven } from '#src/db/given-products.ts'
import { insertLogin } from '#src/db/logins.ts'
import { emailKey, loginKey } from '#src/domain/accounts/identifier.ts'
import { passwordProblem } from '#src/domain/accounts/password.ts'
import { kindBelow } from '#src/domain/accounts/reseller.ts'
import { type ResellerFields, resellerFieldsFrom } from '#src/domain/accounts/reseller-fields.ts'
import { type FieldError, refuse } from '#src/domain/refusal.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { sendLetters } from '../letters/send-letters.ts'
import { type Answer, commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { byActor, record } from '../record.ts'
import { welcomeReseller } from './welcome-reseller.ts'

export type NewReseller = {
  readonly login: string
  readonly email: string
  readonly name?: string | undefined
  readonly products: readonly string[]
  /** Made by whoever makes the account: it must be changed at first use. Empty: the mailed link alone sets one. */
  readonly password?: string | undefined
}

export type CreatedReseller = ResellerFields & {
  readonly id: string
  readonly kind: 'partner' | 'reseller'
  readonly createdAt: string
}

/**
 * Makes a seller's account below one's own with its master login and products, and writes it a letter with a link that
 * sets the password (Decision 3). Refuses `invalid-request`, `login-taken`, `email-taken`, `product-not-given`.
 */
export async function createReseller(
  deps: Deps,
  asking: Asking,
  wanted: NewReseller,
  once: Once | null,
): Promise<Answer<CreatedReseller>> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [earlier(asking, once), listGivableProducts(reach)])
  const [answered, givable] = rows
  const replayed = replayOf<CreatedReseller>(once, answered)
  if (replayed) return replayed
  const { login, email, products } = wanted
  const typed = { login, email, name: wanted.name || login, products }
  const fields = resellerFieldsFrom(typed, passwordErrors(deps, wanted))
  if (fields.products.some((code) => !givable.some((one) => one.code === code))) refuse({ code: 'product-not-given' })
  const kind = kindBelow(actor.accountKind)
  const by = byActor(actor, asking)
  const at = deps.now()
  const [id, loginId] = [deps.newId('account'), deps.newId('login')]
  const address = { email: fields.email, emailKey: emailKey(fields.email), name: fields.name, createdAt: at }
  const passwordHash = wanted.password ? await deps.passwords.hash(wanted.password, deps.random(16)) : null
  const welcome = await welcomeReseller(deps, { ...fields, id, loginId, from: actor.account.name })
  const answer = { status: 201, response: { id, kind, ...fields, createdAt: at.toISOString() } }
  const done = await commitOnce<CreatedReseller>(
    deps,
    asking,
    once,
    [
      expect('signed-out', stillStands(asking.credential.id)),
      expect('product-not-given', wereGiven(actor.account.id, fields.products)),
      insertAccount({ id, parentId: actor.account.id, kind, ...address }),
      insertLogin({
        ...{ id: loginId, accountId: id, login: fields.login, loginKey: loginKey(fields.login), ...address },
        ...{ role: 'full', isMaster: true, passwordHash, mustChangePassword: passwordHash !== null },
      }),
      giveProducts(id, fields.products, at),
      ...welcome.writes,
      record(deps, by, {
        ...{ action: 'account.created', accountId: id, subject: { kind: 'account', id, name: fields.name } },
        after: { kind, name: fields.name, email: fields.email, products: fields.products },
      }),
      record(deps, by, {
        ...{ action: 'login.created', accountId: id, subject: { kind: 'login', id: loginId, name: fields.login } },
        after: { login: fields.login, email: fields.email, role: 'full' },
      }),
    ],
    answer,
  )
  if (!done.replayed) deps.afterwards(sendLetters(deps, [welcome.letterId]))
  return done
}

function passwordErrors({ settings }: Deps, { password, login, email }: NewReseller): FieldError[] {
  const detail = password ? passwordProblem(password, { login, email, vendorName: settings.vendorName }) : null
  return detail ? [{ pointer: 'password', code: 'invalid', detail }] : []
}
