import { beforeEach, expect, test } from 'vitest'
import { northwind } from '#dev/world/people.ts'
import { fingerprintOf } from '#src/gateways/secrets.ts'
import type { Asking } from '#src/use-cases/admit.ts'
import { editLicense, type LicenseEdit } from '#src/use-cases/licenses/edit-license.ts'
import { openPortal, type Portal } from '../../support/portal.ts'

const id = 'lic_00-northwind-jansen-1'
let portal: Portal
let asking: Asking

beforeEach(async () => {
  portal = await openPortal()
  const credential = { kind: 'api-key', id: await fingerprintOf(northwind.apiKey) } as const
  asking = { credential, may: 'license.comment', address: '192.0.2.1', requestId: 'req_1', admitted: null }
})

const edit = (what: Omit<LicenseEdit, 'id'>) => editLicense(portal.deps, asking, { id, ...what })
const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error) => error.refusal,
  )
const version = async () =>
  (await portal.db.rows('select version from licenses where id = ?', id))[0]?.version as number
const commented = async () =>
  (await portal.db.rows("select before, after from events where subject_id = ? and actor_kind = 'api-key'", id)).map(
    ({ before, after }) => [JSON.parse(String(before)), JSON.parse(String(after))],
  )

test('the second of two tabs that edit one comment is told what it says now', async () => {
  const read = await version()
  await edit({ version: read, comment: 'Theirs' })
  const refusal = await refusalOf(edit({ version: read, comment: 'Mine' }))
  expect(refusal).toEqual({ code: 'comment-changed', theirs: 'Theirs', version: read + 1 })
  expect((await edit({ version: refusal.version, comment: 'Mine' })).comment).toBe('Mine')
  expect(await commented()).toEqual([
    [{ comment: 'Hoofdvestiging' }, { comment: 'Theirs' }],
    [{ comment: 'Theirs' }, { comment: 'Mine' }],
  ])
})

test('of many edits at once one is kept; all the others are told the text that won', async () => {
  const read = await version()
  const outcomes = await Promise.all(
    Array.from({ length: 10 }, (_, i) => edit({ version: read, comment: `Edit ${i}` }).catch((error) => error.refusal)),
  )
  const won = outcomes.find((one) => 'serial' in one)
  const told = outcomes.filter((one) => 'code' in one)
  expect(told).toEqual(Array(9).fill({ code: 'comment-changed', theirs: won.comment, version: read + 1 }))
})

test('M6 a form that is sent twice is one edit', async () => {
  const read = await version()
  const sent = { version: read, comment: 'Once', once: 'req_form-1' }
  const [first, ...more] = await Promise.all(Array.from({ length: 5 }, () => edit(sent)))
  expect(first?.comment).toBe('Once')
  expect(more.map(({ comment }) => comment)).toEqual(Array(4).fill('Once'))
  expect(await edit(sent)).toMatchObject({ comment: 'Once', version: read + 1 })
  expect(await commented()).toHaveLength(1)
  expect(await refusalOf(edit({ ...sent, comment: 'Other' }))).toEqual({ code: 'idempotency-key-reused' })
})

test('a session or key that ended between reading and writing changes nothing', async () => {
  const read = await version()
  const { batch } = portal.db
  portal.db.batch = async (statements, mode) => {
    if (mode === 'write') await portal.db.client.execute('update api_keys set revoked_at = 1')
    return batch(statements, mode)
  }
  expect(await refusalOf(edit({ version: read, comment: 'Late' }))).toEqual({ code: 'signed-out' })
  expect(await version()).toBe(read)
})

test('a license that vanishes meanwhile is not found', async () => {
  const read = await version()
  const { batch } = portal.db
  portal.db.batch = async (statements, mode) => {
    if (mode === 'write') {
      await portal.db.client.execute('delete from activations where license_id = ?', [id])
      await portal.db.client.execute('delete from licenses where id = ?', [id])
    }
    return batch(statements, mode)
  }
  expect(await refusalOf(edit({ version: read, comment: 'Late' }))).toEqual({ code: 'not-found' })
})
