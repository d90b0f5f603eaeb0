import { beforeEach, expect, test } from 'vitest'
import { northwind, tailspin } from '#dev/world/people.ts'
import { runDue } from '#src/jobs/schedule.ts'
import type { TestDeps } from '../../support/deps.ts'
import { openPortal, type Portal } from '../../support/portal.ts'

const night = '23 2 * * *'
const day = 86_400_000

let portal: Portal
let deps: TestDeps
beforeEach(async () => {
  portal = await openPortal()
  deps = portal.deps as TestDeps
})

const proofs = async () => {
  await runDue(deps, '* * * * *')
  return deps.letters.filter(({ subject }) => subject === 'Credits: a balance does not match its ledger')
}

test('each night the ledger of the world proves its balances, and nobody is written to (R152 R324)', async () => {
  await runDue(deps, night)
  expect(await proofs()).toEqual([])
})

test('a balance that was tampered with is told to the vendor, once a day, with both figures (R324)', async () => {
  const offer = 'remote-access/pro/10'
  const [row] = await portal.db.rows(
    'select credits from credit_balances where account_id = ? and offer_code = ?',
    tailspin.accountId,
    offer,
  )
  await portal.db.client.execute(
    `update credit_balances set credits = credits + 40 where account_id = '${tailspin.accountId}' and offer_code = '${offer}'`,
  )
  await portal.db.client.execute(
    `delete from credit_balances where account_id = '${northwind.accountId}' and offer_code = 'remote-access/pro/3'`,
  )
  await Promise.all([runDue(deps, night), runDue(deps, night)])
  const [letter, ...more] = await proofs()
  expect(more).toEqual([])
  expect(letter?.to).toBe('support@acme.example')
  expect(letter?.text).toMatch(new RegExp(`Tailspin.*${offer}.*${row?.credits}.*${Number(row?.credits) + 40}`, 's'))
  expect(letter?.text).toContain('remote-access/pro/3')
  expect(deps.logs).toContainEqual(expect.objectContaining({ message: 'ledger proof failed', wrong: 2 }))
  deps.clock.forward(day)
  await runDue(deps, night)
  expect(await proofs()).toHaveLength(2)
})
