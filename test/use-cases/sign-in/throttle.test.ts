import { beforeEach, describe, expect, test } from 'vitest'
import { ada, contoso, demoPassword, grace, northwind } from '#dev/world/people.ts'
import { networkOf } from '#src/domain/sign-in/throttle.ts'
import { scryptPasswords } from '#src/gateways/passwords.ts'
import { counting, guess, identify, prove } from '../../support/doors.ts'
import { openPortal, type Portal, signIn, signInAsAda } from '../../support/portal.ts'

const minute = 60_000
let portal: Portal
let calls: { verified: number }
beforeEach(async () => {
  const counted = counting(scryptPasswords('pepper', 2))
  calls = counted.calls
  portal = await openPortal({ passwords: counted.passwords })
})

const addressOf = (i: number) => `198.51.100.${i % 250}`
const counters = () => portal.db.rows('select subject, count from sign_in_attempts order by subject')
const countOf = async (subject: string) => {
  const [row] = await portal.db.rows('select max(count) as count from sign_in_attempts where subject = ?', subject)
  return row?.count ?? 0
}

describe('guesses at one identifier', () => {
  test('200 at once: at most five are looked at, and the counters say so (A3)', async () => {
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, i) => guess(portal, northwind.login, `wrong-${i}`, addressOf(i))),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([422]))
    expect(calls.verified).toBe(5)
    expect(await countOf('id:northwind:quarter')).toBe(5)
    expect(await countOf('id:northwind:day')).toBe(5)
    expect(await countOf('all')).toBe(200)
  })

  test('200 at once at an order number: the right one among them may only be one of the first five (A3)', async () => {
    const order = ada.orders[0]
    const proofs = Array.from({ length: 200 }, (_, i) => (i === 150 ? order : `JWT190724-1001-${20000 + i}`))
    const answers: Response[] = []
    for (const [i, proof] of proofs.entries()) answers.push(await guess(portal, ada.email, proof, addressOf(i)))
    expect(answers.map(({ status }) => status)).not.toContain(303)
    expect(calls.verified).toBe(5)
  })

  test('a whole day of them: at most twenty are looked at, and the counter says at most 20 (A3)', async () => {
    portal.deps.clock.at = new Date('2026-08-22T00:00:00Z')
    for (let quarter = 0; quarter < 96; quarter += 12) {
      for (let i = 0; i < 7; i++) await guess(portal, northwind.login, 'wrong', addressOf(quarter * 7 + i))
      portal.deps.clock.forward(180 * minute)
    }
    expect(calls.verified).toBe(20)
    expect(await countOf('id:northwind:day')).toBe(20)
    expect((await guess(portal, northwind.login, demoPassword)).status).toBe(303)
  })

  test('a burst takes a quarter of an hour away, not the day (A4)', async () => {
    for (let i = 0; i < 40; i++) await guess(portal, northwind.login, 'wrong', addressOf(i))
    expect((await guess(portal, northwind.login, demoPassword)).status).toBe(422)
    portal.deps.clock.forward(15 * minute)
    expect((await guess(portal, northwind.login, demoPassword)).status).toBe(303)
  })

  test('count alike for one who exists and one who does not (A1)', async () => {
    for (const identifier of [northwind.login, 'nobody', ada.email, 'nobody@example.com']) {
      calls.verified = 0
      const said: number[] = []
      for (let i = 0; i < 8; i++) said.push((await guess(portal, identifier, 'wrong', addressOf(i))).status)
      expect([identifier, calls.verified, said]).toEqual([identifier, 5, Array(8).fill(422)])
      portal.deps.clock.forward(15 * minute)
    }
  })

  test('cannot be spread over spellings of the identifier', async () => {
    const spellings = [
      'ada@example.com',
      'ADA@example.com',
      ' Ada@Example.COM ',
      'aDa@EXAMPLE.com',
      'ada@eXample.Com',
      'adA@example.cOm',
    ]
    for (const [i, spelling] of spellings.entries()) await guess(portal, spelling, 'wrong', addressOf(i))
    expect(calls.verified).toBe(5)
    expect((await counters()).filter(({ subject }) => String(subject).startsWith('id:'))).toHaveLength(2)
  })

  test('cost one hash each, known or unknown, right kind or wrong, and none where they are not looked at (A2 A14)', async () => {
    for (const identifier of [ada.email, northwind.login, 'nobody', 'nobody@example.com', 'billing@fabrikam.example']) {
      calls.verified = 0
      await guess(portal, identifier, 'wrong', addressOf(identifier.length))
      expect([identifier, calls.verified]).toEqual([identifier, 1])
    }
  })
})

describe('guesses from one address', () => {
  test('at many people: thirty a quarter of an hour are looked at (A3)', async () => {
    for (let i = 0; i < 50; i++) await guess(portal, `somebody${i}@example.com`, 'wrong')
    expect(calls.verified).toBe(30)
    expect((await guess(portal, ada.email, ada.orders[0])).status).toBe(422)
    expect((await guess(portal, ada.email, ada.orders[0], '203.0.113.10')).status).toBe(303)
    portal.deps.clock.forward(15 * minute)
    expect((await guess(portal, grace.email, grace.orders[0])).status).toBe(303)
  })

  test('an IPv6 neighborhood of /64 is one address (A3)', async () => {
    for (let i = 0; i < 40; i++)
      await guess(portal, `somebody${i}@example.com`, 'wrong', `2001:db8:1:2:${i.toString(16)}::1`)
    expect(await countOf('ip:2001:db8:1:2::/64')).toBe(30)
  })

  test('that is full up use nothing of whom they are aimed at (A4)', async () => {
    for (let i = 0; i < 30; i++) await guess(portal, `somebody${i}@example.com`, 'wrong')
    for (let i = 0; i < 30; i++) await guess(portal, ada.email, 'wrong')
    expect(await countOf('id:ada@example.com:quarter')).toBe(0)
    expect(await countOf('id:ada@example.com:day')).toBe(0)
  })

  test.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['2001:DB8::1', '2001:db8:0:0::/64'],
    ['2001:0db8:0001:0002:0003:4:5:6', '2001:db8:1:2::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1:2:3:4:5', 'fe80:0:0:1::/64'],
    ['nonsense', 'nonsense'],
  ])('%s counts as %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })
})

describe('who is right', () => {
  test('uses nothing up: 40 sign-ins in a row from one address (A3)', async () => {
    for (let i = 0; i < 40; i++) expect((await guess(portal, ada.email, ada.orders[0])).status).toBe(303)
    expect(new Set((await counters()).map(({ count }) => count))).toEqual(new Set([0]))
  })

  test('keeps the wrong tries of others counted', async () => {
    for (let i = 0; i < 4; i++) await guess(portal, ada.email, 'wrong')
    await guess(portal, ada.email, ada.orders[0])
    expect(await countOf('id:ada@example.com:quarter')).toBe(4)
  })

  test('on a device known to us is not locked out by a stranger, not even from the same address (A4)', async () => {
    const known = portal.browser()
    await signInAsAda(known)
    for (let i = 0; i < 60; i++) await guess(portal, i % 2 ? ada.email : `x${i}@example.com`, 'wrong', '127.0.0.1')
    expect((await guess(portal, ada.email, ada.orders[0], '127.0.0.1')).status).toBe(422)
    await identify(known, ada.email)
    expect((await prove(known, ada.orders[1])).status).toBe(303)
  })

  test('has no more tries on a known device than on another, and only for the person it is known for (A4)', async () => {
    const known = portal.browser()
    await signInAsAda(known)
    calls.verified = 0
    for (let i = 0; i < 9; i++) {
      await identify(known, ada.email)
      await prove(known, 'wrong')
    }
    expect(calls.verified).toBe(5)
    for (let i = 0; i < 9; i++) {
      await identify(known, contoso.email)
      await prove(known, 'wrong')
    }
    expect(calls.verified).toBe(10)
    expect(await countOf('id:it@contoso.example:quarter')).toBe(5)
  })

  test('and signed in stays so, whatever a stranger tries (A4)', async () => {
    const browser = portal.browser()
    await signIn(browser, northwind.login, demoPassword)
    for (let i = 0; i < 40; i++) await guess(portal, northwind.login, 'wrong', '127.0.0.1')
    expect((await browser.request('GET', '/')).status).toBe(200)
  })
})

describe('the fence before the database', () => {
  test('answers as any other failure, asks no database, and lets a known device pass (A3 A4)', async () => {
    const fence = { open: true }
    portal = await openPortal({
      fences: { api: async () => true, signIn: async () => fence.open, software: async () => true },
    })
    const known = portal.browser()
    await signInAsAda(known)
    const stranger = portal.browser()
    await identify(stranger, ada.email)
    const usual = (await (await prove(stranger, 'wrong')).text()).replace(/req_\w+/g, '')
    fence.open = false
    portal.db.forget()
    const answer = await prove(stranger, ada.orders[0])
    expect([answer.status, (await answer.text()).replace(/req_\w+/g, '')]).toEqual([422, usual])
    expect(portal.db.trips).toEqual([])
    await identify(known, ada.email)
    expect((await prove(known, ada.orders[0])).status).toBe(303)
  })

  test('holds a flood of mailed links off as well, by a count of its own: bad guesses leave links alone (A4)', async () => {
    const asked: string[] = []
    const signInFence = async (key: string) => asked.push(key) > 0 && !key.startsWith('link ')
    portal = await openPortal({ fences: { api: async () => true, signIn: signInFence, software: async () => true } })
    const browser = portal.browser({ 'cf-connecting-ip': '203.0.113.7' })
    await identify(browser, ada.email)
    expect((await browser.request('POST', '/sign-in/links', '')).status).toBe(303)
    await portal.deps.settled()
    expect(portal.deps.letters).toEqual([])
    await prove(browser, 'wrong')
    expect(asked).toEqual(['link 203.0.113.7', '203.0.113.7'])
  })
})

describe('a thousand failures in an hour', () => {
  const alarms = async () => {
    await portal.deps.settled()
    return portal.db.rows("select recipient, params from outbox where template = 'sign-in-alarm'")
  }
  const failed = (count: number) =>
    portal.db.client.execute({
      sql: "insert into sign_in_attempts values ('all', ?, ?, ?) on conflict do update set count = excluded.count",
      args: [Math.floor(portal.deps.now().getTime() / 3_600_000), count, portal.deps.now().getTime() + 3_600_000],
    })

  test('alarm the vendor by one letter an hour, and change nothing else (A3)', async () => {
    await failed(998)
    await guess(portal, 'a@example.com', 'wrong')
    expect(await alarms()).toEqual([])
    await guess(portal, 'b@example.com', 'wrong')
    const [alarm] = await alarms()
    expect(alarm?.recipient).toBe('support@acme.example')
    expect(JSON.parse(String(alarm?.params)).failures).toBe(1000)
    await guess(portal, 'c@example.com', 'wrong')
    await failed(999)
    await guess(portal, 'd@example.com', 'wrong')
    expect(await alarms()).toHaveLength(1)
    expect((await guess(portal, ada.email, ada.orders[0])).status).toBe(303)
    portal.deps.clock.forward(60 * minute)
    await failed(999)
    await guess(portal, 'e@example.com', 'wrong')
    expect(await alarms()).toHaveLength(2)
  })
})
