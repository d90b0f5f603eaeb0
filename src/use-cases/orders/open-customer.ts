import { insertAccount } from '#src/db/accounts.ts'
import { insertActivationKey } from '#src/db/license-issue.ts'
import type { Write } from '#src/db/query.ts'
import { emailKey } from '#src/domain/accounts/identifier.ts'
import type { Id } from '#src/domain/ids.ts'
import { keyCodeFrom } from '#src/domain/licenses/serial.ts'
import { buyerName, type ShopOrder } from '#src/domain/orders/shop-order.ts'
import type { Deps } from '../deps.ts'
import { type By, record } from '../record.ts'
import type { Found } from './look-up-order.ts'

/** A shop customer with the key that all their orders join. */
export type Customer = {
  readonly id: Id<'account'>
  readonly name: string
  readonly key: { readonly id: Id<'activationKey'>; readonly code: string }
  /** Whether the account is opened by these very statements. */
  readonly isNew: boolean
}

/** The customer of an order and what is missing of them: the account at their first order, the default key. */
export function openCustomer(
  deps: Deps,
  by: By,
  order: ShopOrder,
  found: Found,
): { customer: Customer; writes: Write[] } {
  const opened = found.customer ? null : openAccount(deps, by, order, found)
  const account = found.customer ?? { id: opened?.id as Id<'account'>, name: buyerName(order.buyer), key: null }
  const made = account.key ? null : makeDefaultKey(deps, by, account.id)
  return {
    customer: {
      id: account.id,
      name: account.name,
      key: account.key ?? (made as NonNullable<typeof made>).key,
      isNew: opened !== null,
    },
    writes: [...(opened?.writes ?? []), ...(made?.writes ?? [])],
  }
}

function openAccount(deps: Deps, by: By, order: ShopOrder, { vendor }: Found) {
  const id = deps.newId('account')
  const name = buyerName(order.buyer)
  const { email } = order.buyer
  const writes: Write[] = [
    insertAccount({
      id,
      parentId: vendor.id,
      kind: 'customer',
      name,
      email,
      emailKey: emailKey(email),
      country: order.country,
      city: order.city,
      providerAccountId: order.providerAccountId,
      createdAt: deps.now(),
    }),
    record(deps, by, {
      action: 'account.created',
      accountId: id,
      subject: { kind: 'account', id, name },
      after: { kind: 'customer', name, email },
    }),
  ]
  return { id, writes }
}

function makeDefaultKey(deps: Deps, by: By, accountId: Id<'account'>) {
  const key = { id: deps.newId('activationKey'), code: keyCodeFrom(deps.random(16)) }
  const writes: Write[] = [
    insertActivationKey({ ...key, accountId, name: 'Default', isDefault: true, createdAt: deps.now() }),
    record(deps, by, {
      action: 'activation-key.created',
      accountId,
      subject: { kind: 'activation-key', id: key.id, name: 'Default' },
      after: { name: 'Default', default: true },
    }),
  ]
  return { key, writes }
}
