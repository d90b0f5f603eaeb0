import { beforeEach, describe, expect, test } from 'vitest'
import { demoPassword, fabrikam } from '#dev/world/people.ts'
import { type Browser, openPortal, type Portal, signIn } from '../support/portal.ts'

let portal: Portal
let fay: Browser
beforeEach(async () => {
  portal = await openPortal()
  fay = portal.browser()
  await signIn(fay, fabrikam.logins.full.email, demoPassword)
})

const server = (name: string) => `com_00-fabrikam-${name}-fabrikam-example`
const bulk = (act: string, ...names: string[]) =>
  `/computers/bulk?act=${act}${names.map((name) => `&id=${server(name)}`).join('')}`
const one = async (sql: string, ...args: unknown[]) => (await portal.db.rows(sql, ...args))[0]
const active = async (keyId: string) =>
  Number((await one('select active_computers as n from activation_keys where id = ?', keyId))?.n)
const eventsOf = (action: string) =>
  portal.db.rows('select subject_name, before, after, actor_name from events where action = ? order by n', action)

describe('removing servers', () => {
  test('names them all first, frees their places, and is undone within a day: counters, lists and tokens are as before (R166 R179 R180 R222)', async () => {
    const key = fabrikam.keys.livePatching.id
    const before = await portal.db.rows('select id, token_hash, released_at from activations order by id')
    const count = await active(key)
    const asked = await fay.open(bulk('remove', 'web-01', 'web-02'))
    for (const name of ['web-01.fabrikam.example', 'web-02.fabrikam.example', 'Remove 2 servers']) {
      expect(asked.text).toContain(name)
    }
    const done = await fay.submit(asked, 'form.form')
    expect(done.url).toMatch(/^\/computers\/removals\/rem_/)
    expect(done.text).toContain('For a day you can undo it here.')
    expect(await active(key)).toBe(count - 2)
    const list = await fay.open('/computers?q=web-0')
    expect(list.html).not.toContain(server('web-01'))
    expect((await fay.open('/computers')).text).toContain('2 servers removed just now')
    expect((await eventsOf('computer.removed')).slice(-2)).toMatchObject([
      { subject_name: 'web-01.fabrikam.example', actor_name: 'Fay Brik' },
      { subject_name: 'web-02.fabrikam.example' },
    ])
    const undone = await fay.submit(done, 'form[action$="/restoration"]')
    expect(undone.text).toContain('Undone: they are back, with their tokens.')
    expect(await active(key)).toBe(count)
    expect(await portal.db.rows('select id, token_hash, released_at from activations order by id')).toEqual(before)
    expect((await fay.open('/computers?q=web-01')).html).toContain(server('web-01'))
    expect(await eventsOf('computer.restored')).toHaveLength(2)
  })

  test('undone a day later, it says that it is too late', async () => {
    const done = await fay.submit(await fay.open(bulk('remove', 'web-03')), 'form.form')
    await portal.db.client.execute('update removals set undo_until = 1')
    const late = await fay.submit(done, 'form[action$="/restoration"]')
    expect([late.status, late.text]).toEqual([409, expect.stringContaining('more than a day ago')])
    expect(late.text).toContain('cannot be undone any more')
  })

  test('is not undone where the key’s limit, the account’s licenses or the key itself no longer allow it', async () => {
    const key = fabrikam.keys.staging.id
    const done = await fay.submit(await fay.open(bulk('remove', 'stage-01', 'stage-02')), 'form.form')
    await portal.db.client.execute({ sql: 'update activation_keys set computer_limit = 7 where id = ?', args: [key] })
    const full = await fay.submit(done, 'form[action$="/restoration"]')
    expect([full.status, full.text]).toEqual([409, expect.stringContaining('The key has no room for so many')])
    expect(await active(key)).toBe(6)
    await portal.db.client.batch(
      [
        'update activation_keys set computer_limit = null',
        `update account_products set server_licenses = active_computers where account_id = '${fabrikam.accountId}'`,
      ],
      'write',
    )
    const owned = await fay.submit(await fay.open(done.url), 'form[action$="/restoration"]')
    expect(owned.text).toContain('server licenses are all in use')
    await portal.db.client.batch(
      [
        'update account_products set server_licenses = null',
        `update activation_keys set removed_at = 1 where id = '${key}'`,
      ],
      'write',
    )
    const gone = await fay.submit(await fay.open(done.url), 'form[action$="/restoration"]')
    expect(gone.text).toContain('A key of one of them was removed')
    expect(await one('select undone_at from removals order by at desc limit 1')).toEqual({ undone_at: null })
  })

  test('of what is removed already says so, and of what is not one’s own nothing', async () => {
    await fay.submit(await fay.open(bulk('remove', 'web-05')), 'form.form')
    const again = await fay.request('POST', '/computers/bulk', `act=remove&id=${server('web-05')}`)
    expect(again.headers.get('location')).toBe('/computers')
    expect((await fay.open(bulk('remove', 'web-05'))).status).toBe(404)
    expect((await fay.open('/computers/bulk?act=remove&id=com_00-ada-front-01')).status).toBe(404)
    expect((await fay.open('/computers/bulk?act=remove')).status).toBe(422)
    expect((await fay.open('/computers/bulk?act=explode&id=x')).status).toBe(422)
  })

  test('sent twice by a nervous hand it is one removal (M6)', async () => {
    const asked = await fay.open(bulk('remove', 'web-06'))
    const [first, second] = [await fay.submit(asked, 'form.form'), await fay.submit(asked, 'form.form')]
    expect(second.url).toBe(first.url)
    expect(await one('select count(*) as n from removals')).toEqual({ n: 2 })
  })
})

describe('groups', () => {
  test('are made, renamed and deleted; their computers stay (R331)', async () => {
    const page = await fay.open('/computer-groups')
    expect(page.text).toContain('4 groups')
    const made = await fay.submit(page, 'form.form', { name: ' Hall  2 ' })
    expect(made.text).toContain('Group created.')
    const taken = await fay.submit(made, 'form.form', { name: 'HÁLL 2' })
    expect([taken.status, taken.text]).toEqual([409, expect.stringContaining('You have a group of this name')])
    expect(taken.dom.querySelector('#name')?.getAttribute('value')).toBe('HÁLL 2')
    const renamed = await fay.submit(await fay.open('/computer-groups/grp_00-fabrikam-web'), 'form.form', {
      name: 'Shop',
    })
    expect(renamed.text).toContain('Group renamed.')
    expect((await fay.open('/computers?group=Shop')).html).toContain(server('web-01'))
    const asked = await fay.open('/computer-groups/grp_00-fabrikam-web/deletion')
    expect(asked.text).toContain('16 servers')
    const deleted = await fay.submit(asked, 'main form')
    expect(deleted.text).toContain('Group deleted.')
    expect(
      await one(
        'select count(*) as n from computers where group_id is null and removed_at is null and account_id = ?',
        fabrikam.accountId,
      ),
    ).toEqual({ n: 28 })
    expect((await fay.open('/computers?group=none&q=web-01')).html).toContain(server('web-01'))
    expect((await eventsOf('computer-group.deleted'))[0]).toMatchObject({ before: '{"name":"Shop","computers":16}' })
  })

  test('take many computers at once, a new one too, and none takes them out (R177 R331)', async () => {
    const asked = await fay.open(bulk('group', 'backup-01', 'backup-02', 'web-01'))
    const done = await fay.submit(asked, 'form.form', { newGroup: 'Night' })
    expect(done.text).toContain('The marked machines are in their group.')
    const night = await fay.open('/computers?group=Night')
    expect(night.dom.querySelectorAll('#list tbody tr')).toHaveLength(3)
    const out = await fay.submit(await fay.open(bulk('group', 'web-01')), 'form.form', { group: '' })
    expect(out.status).toBe(200)
    expect((await fay.open('/computers?group=Night')).dom.querySelectorAll('#list tbody tr')).toHaveLength(2)
    expect((await eventsOf('computer.grouped')).at(-1)).toMatchObject({
      before: '{"group":"Night"}',
      after: '{"group":null}',
    })
    const long = await fay.submit(await fay.open(bulk('group', 'web-01')), 'form.form', { newGroup: 'x'.repeat(61) })
    expect([long.status, long.dom.querySelector('#newGroup')?.getAttribute('value')?.length]).toEqual([422, 61])
  })
})

describe('moving to another key', () => {
  test('moves what the key is for, within its limit, and says what it takes none of (R222)', async () => {
    const { livePatching, staging } = fabrikam.keys
    const before = await active(livePatching.id)
    const done = await fay.submit(await fay.open(bulk('move', 'app-01', 'app-02')), 'form.form', {
      activationKey: staging.id,
    })
    expect(done.text).toContain('on their new key')
    expect([await active(livePatching.id), await active(staging.id)]).toEqual([before - 2, 10])
    expect((await fay.open(`/computers?key=${staging.id}`)).html).toContain(server('app-02'))
    const full = await fay.submit(await fay.open(bulk('move', 'app-03')), 'form.form', { activationKey: staging.id })
    expect([full.status, full.text]).toEqual([409, expect.stringContaining('The key has no room for so many')])
    expect(await active(staging.id)).toBe(10)
    const none = await fay.submit(await fay.open(bulk('move', 'db-01')), 'form.form', { activationKey: staging.id })
    expect([none.status, none.text]).toEqual([422, expect.stringContaining('This key takes none of them')])
    const [event] = await eventsOf('computer.moved')
    expect(event).toMatchObject({ before: '{"key":"Live Patching"}', after: '{"key":"Staging"}' })
  })
})

describe('stale servers', () => {
  test('are removed after as many days as the account sets; what was typed wrong is kept', async () => {
    const page = await fay.open('/computers/stale-removal')
    expect(page.text).toContain('No server is removed by itself.')
    expect(page.text).toContain('Live Patching: 30 days')
    const wrong = await fay.submit(page, 'form.form', { afterDays: 'soon' })
    expect([wrong.status, wrong.dom.querySelector('#afterDays')?.getAttribute('value')]).toEqual([422, 'soon'])
    const set = await fay.submit(wrong, 'form.form', { afterDays: '45' })
    expect(set.text).toContain('has not checked in for 45 days is removed')
    const [event] = await eventsOf('account.edited')
    expect(event).toMatchObject({ before: '{"removeStaleAfterDays":null}', after: '{"removeStaleAfterDays":45}' })
    expect((await fay.submit(set, 'form.form', { afterDays: '' })).text).toContain('No server is removed by itself.')
  })
})
