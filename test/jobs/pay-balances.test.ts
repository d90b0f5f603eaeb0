import { beforeEach, describe, expect, test } from 'vitest'
import { fabrikam, northwind } from '#dev/world/people.ts'
import { insertBalanceEntry } from '#src/db/balances.ts'
import { commit } from '#src/db/commit.ts'
import { autopaymentDue, nextTry } from '#src/domain/billing/autopayment.ts'
import { ShopUnavailable } from '#src/gateways/checkout.ts'
import { payBalances } from '#src/use-cases/billing/pay-balances.ts'
import type { Deps } from '#src/use-cases/deps.ts'
import { testId } from '../support/deps.ts'
import { openPortal, type Portal, signIn } from '../support/portal.ts'

const { accountId } = fabrikam
const hour = 3_600_000
let portal: Portal
beforeEach(async () => {
  portal = await openPortal()
})

const balanceOf = async (of = portal) => {
  const [row] = await of.db.rows(
    "select balance_minor as n from balances where account_id = ? and currency = 'EUR'",
    accountId,
  )
  return Number(row?.n)
}
/** Spends so much that this is left. */
const leave = async (minor: number, of = portal) =>
  commit(of.db, [
    insertBalanceEntry({
      ...{ id: testId('balanceEntry'), accountId, currency: 'EUR', reason: 'refund' },
      ...{ amountMinor: minor - (await balanceOf(of)), createdAt: of.deps.now() },
    }),
  ])
const set = (text: string) =>
  portal.db.client.execute(`update autopayment_settings set ${text} where account_id = '${accountId}'`)
const tries = (of = portal) =>
  of.db.rows('select state, amount_minor as amount from autopayments where account_id = ? order by n', accountId)
const payments = (of = portal) => of.db.rows('select state from payments where account_id = ?', accountId)
const useCard = (kind: 'visa' | 'mastercard') =>
  portal.db.client.batch([
    'update payment_methods set is_default = 0',
    `update payment_methods set is_default = 1 where id = 'pmt_00-fabrikam-${kind}'`,
  ])
const letters = async () => {
  await portal.deps.settled()
  return portal.deps.letters
}

describe('R237: the figures of the three modes', () => {
  const repay = { mode: 'repay', lowMinor: null, refillMinor: null } as const
  test.each([
    [0, null],
    [-1, 2000],
    [-1500, 2000],
    [-2000, 2000],
    [-13420, 13420],
    [-10_000_001, 10_000_000],
  ])('repay of %i is %s', (balance, due) => expect(autopaymentDue(repay, balance, 'EUR')).toBe(due))

  const add = { mode: 'add', lowMinor: 10_000, refillMinor: 50_000 } as const
  test.each([
    [10_000, null],
    [9_999, 40_001],
    [-500, 50_500],
    [-20_000_000, 10_000_000],
  ])('up to 500.00 from %i is %s', (balance, due) => expect(autopaymentDue(add, balance, 'EUR')).toBe(due))

  test('none is nothing; a currency without decimals has the same figures in whole units', () => {
    expect(autopaymentDue({ ...repay, mode: 'none' }, -100_000, 'EUR')).toBeNull()
    expect(autopaymentDue(repay, -15, 'JPY')).toBe(20)
  })
})

test('what is owed is charged to the active method, and enters the balance by the shop’s signed word', async () => {
  await leave(-1500)
  expect(await payBalances(portal.deps)).toBe(1)
  expect(await balanceOf()).toBe(500)
  expect(await tries()).toEqual([{ state: 'paid', amount: 2000 }])
  expect(await payments()).toEqual([{ state: 'applied' }])
  expect((await letters()).at(-1)?.text).toContain('It is in your balance now')
  expect(await payBalances(portal.deps)).toBe(0)
})

test('what is owed beyond one top-up is paid by several, and an account that fails holds up no other (R237)', async () => {
  const other = northwind.accountId
  await portal.db.client.batch([
    `insert into billing_accounts (account_id, currency, created_at) values ('${other}', 'EUR', 0)`,
    `create trigger breaks before insert on quotes when new.account_id = '${other}' begin select raise(abort, 'broken'); end`,
  ])
  await commit(portal.db, [
    insertBalanceEntry({
      ...{ id: testId('balanceEntry'), accountId: other, currency: 'EUR', reason: 'refund' },
      ...{ amountMinor: -100, createdAt: portal.deps.now() },
    }),
  ])
  await leave(-10_001_500)
  await expect(payBalances(portal.deps)).rejects.toThrow('Failed for 1 of the accounts')
  expect([await balanceOf(), await tries()]).toEqual([-1500, [{ state: 'paid', amount: 10_000_000 }]])
  expect(portal.deps.logs).toContainEqual(expect.objectContaining({ message: 'balance not paid', account: other }))
  await expect(payBalances(portal.deps)).rejects.toThrow('Failed for 1 of the accounts')
  expect([await balanceOf(), (await tries()).at(-1)]).toEqual([500, { state: 'paid', amount: 2000 }])
})

test('funds are added when the balance is below 100.00, and not before; by hand nothing is charged', async () => {
  await set("mode = 'add', low_minor = 10000, refill_minor = 30000")
  await leave(10_000)
  expect(await payBalances(portal.deps)).toBe(0)
  await leave(9_999)
  expect(await payBalances(portal.deps)).toBe(1)
  expect(await balanceOf()).toBe(30_000)
  await set("mode = 'none'")
  await leave(-5000)
  expect(await payBalances(portal.deps)).toBe(0)
})

describe('a charge that is declined', () => {
  beforeEach(async () => {
    await useCard('mastercard')
    await leave(-1500)
    await payBalances(portal.deps)
  })

  test('is told by letter and on the pages, stands in the trail, and leaves the balance', async () => {
    expect([await balanceOf(), await tries()]).toEqual([-1500, [{ state: 'failed', amount: 2000 }]])
    const [letter] = await letters()
    expect(letter?.subject).toBe('A payment of EUR 20.00 into your balance failed')
    expect(letter?.text).toContain('Mastercard ending 0002 was not charged')
    expect(letter?.text).toContain('22 Aug 2026')
    const admin = portal.browser()
    await signIn(admin, fabrikam.logins.full.email, 'portico-demo')
    for (const path of ['/billing', '/billing/payment-methods', '/billing/autopayment'])
      expect((await admin.open(path)).text).toContain('A payment into the balance failed on 2026-08-21')
    expect((await admin.open('/events?action=balance.payment-failed')).text).toContain('Mastercard ending 0002')
  })

  test('its letter leads to the very quote, which is paid by hand; the failure is over then', async () => {
    const [letter] = await letters()
    const [url] = /https:\S+\/quotes\/\S+/.exec(letter?.text ?? '') ?? ['']
    const admin = portal.browser()
    await signIn(admin, fabrikam.logins.billing.email, 'portico-demo')
    const quote = await admin.open(new URL(url).pathname)
    await admin.submit(await admin.submit(quote, 'main form'), 'main form')
    expect(await balanceOf()).toBe(500)
    expect((await admin.open('/billing')).text).not.toContain('failed')
  })

  test('is tried again after 1, 3 and 7 days, and then not before somebody does something about it', async () => {
    const days = [1, 1, 2, 1, 6, 1, 30, 30]
    const counts: number[] = []
    for (const n of days) {
      portal.deps.clock.forward(n * 24 * hour)
      await payBalances(portal.deps)
      counts.push((await tries()).length)
    }
    expect(counts).toEqual([2, 2, 3, 3, 4, 4, 4, 4])
    expect(nextTry(4, portal.deps.now())).toBeNull()
    expect((await letters()).at(-1)?.text).toContain('It is not tried again by itself')
    const admin = portal.browser()
    await signIn(admin, fabrikam.logins.full.email, 'portico-demo')
    await admin.submit(await admin.open('/billing/payment-methods'), 'form[action$="visa/defaults"]')
    await payBalances(portal.deps)
    expect((await tries()).at(-1)).toEqual({ state: 'paid', amount: 2000 })
  })
})

describe('without a payment method, or where the provider charges nobody without them', () => {
  test.each(['no method', 'no charge'])('%s: the way to pay is mailed, once a week', async (which) => {
    if (which === 'no method')
      await portal.db.client.execute('update payment_methods set removed_at = 1, is_default = 0')
    const deps: Deps =
      which === 'no charge' ? { ...portal.deps, checkout: { ...portal.deps.checkout, charge: null } } : portal.deps
    await leave(-13_420)
    for (let i = 0; i < 3; i++) await payBalances(deps)
    expect(await tries()).toEqual([{ state: 'mailed', amount: 13_420 }])
    const sent = (await letters()).filter(({ subject }) => subject === 'Please pay EUR 134.20 into your balance')
    expect(sent).toHaveLength(1)
    const [url] = /https:\S+\/quotes\/\S+/.exec(sent[0]?.text ?? '') ?? ['']
    const admin = portal.browser()
    await signIn(admin, fabrikam.logins.billing.email, 'portico-demo')
    await admin.submit(await admin.submit(await admin.open(new URL(url).pathname), 'main form'), 'main form')
    expect([await balanceOf(), await tries()]).toEqual([0, [{ state: 'paid', amount: 13_420 }]])
    await leave(-100)
    portal.deps.clock.forward(8 * 24 * hour)
    await payBalances(deps)
    expect(await tries()).toHaveLength(2)
  })
})

describe('R324: nobody is charged twice', () => {
  test('by five clocks at once', async () => {
    await leave(-1500)
    await Promise.all(Array.from({ length: 5 }, () => payBalances(portal.deps)))
    await payBalances(portal.deps)
    expect([await balanceOf(), await payments(), await tries()]).toEqual([
      ...[500, [{ state: 'applied' }]],
      [{ state: 'paid', amount: 2000 }],
    ])
  })

  test('killed at any call to the database or the shop, or with its answer lost: the next run ends it, once', async () => {
    for (const lost of [false, true]) {
      for (let alive = 0; alive < 6; alive++) {
        const fresh = await openPortal()
        await leave(-1500, fresh)
        let calls = 0
        const dying = async <T>(act: () => Promise<T>): Promise<T> => {
          const dies = calls++ === alive
          if (dies && !lost) throw new Error('killed')
          const done = await act()
          if (dies) throw new Error('killed')
          return done
        }
        const { checkout } = fresh.deps
        const deps: Deps = {
          ...fresh.deps,
          db: { batch: (statements, mode) => dying(() => fresh.db.batch(statements, mode)) },
          checkout: { ...checkout, charge: (wanted, at) => dying(async () => checkout.charge?.(wanted, at) as never) },
        }
        await payBalances(deps).catch(() => {})
        fresh.deps.clock.forward(hour)
        await payBalances(fresh.deps)
        await payBalances(fresh.deps)
        expect([alive, lost, await balanceOf(fresh), await payments(fresh)]).toEqual([
          ...[alive, lost, 500],
          [{ state: 'applied' }],
        ])
      }
    }
  })

  test('a shop that is away is asked again, under the same key', async () => {
    await leave(-1500)
    const keys: string[] = []
    const away: Deps = {
      ...portal.deps,
      checkout: {
        ...portal.deps.checkout,
        charge: async ({ key }) => {
          keys.push(key)
          throw new ShopUnavailable('away')
        },
      },
    }
    for (let i = 0; i < 3; i++) await payBalances(away)
    expect([new Set(keys).size, keys.length, await tries()]).toEqual([1, 3, [{ state: 'started', amount: 2000 }]])
    await payBalances(portal.deps)
    expect(await balanceOf()).toBe(500)
  })

  test('whoever pays by hand meanwhile is not charged for it again', async () => {
    await leave(-1500)
    const slow: Deps = {
      ...portal.deps,
      checkout: { ...portal.deps.checkout, charge: async () => Promise.reject(new ShopUnavailable('slow')) },
    }
    await payBalances(slow)
    const [quote] = await portal.db.rows('select quote_id as id from autopayments')
    const admin = portal.browser()
    await signIn(admin, fabrikam.logins.billing.email, 'portico-demo')
    await admin.submit(await admin.submit(await admin.open(`/quotes/${quote?.id}`), 'main form'), 'main form')
    await payBalances(portal.deps)
    expect([await balanceOf(), await payments()]).toEqual([500, [{ state: 'applied' }]])
  })
})
