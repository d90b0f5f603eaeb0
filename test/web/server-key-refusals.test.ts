import { beforeAll, expect, test } from 'vitest'
import { demoPassword, fabrikam } from '#dev/world/people.ts'
import { type Browser, openPortal, type Page, type Portal, signIn } from '../support/portal.ts'

/** Nothing here changes anything, so that one portal serves all. */
let portal: Portal
let browser: Browser
beforeAll(async () => {
  portal = await openPortal()
  browser = portal.browser()
  await signIn(browser, fabrikam.logins.full.email, demoPassword)
})

const staging = `/activation-keys/${fabrikam.keys.staging.id}`
const key = async (id: string) => (await portal.db.rows('select * from activation_keys where id = ?', id))[0] ?? {}
const field = (page: Page, id: string) => page.dom.querySelector(`#${id}`)

test.each([
  [{ computerLimit: '-1' }, 'computerLimit', 'Write how many servers'],
  [{ computerLimit: '1.5' }, 'computerLimit', 'Write how many servers'],
  [{ computerLimit: '1000001' }, 'computerLimit', 'Write how many servers'],
  [{ computerLimit: 'ten' }, 'computerLimit', 'Write how many servers'],
  [{ expiresOn: '2026-02-30' }, 'expiresOn', '2026-08-21'],
  [{ expiresOn: '2020-01-01' }, 'expiresOn', 'past'],
  [{ allowedRanges: '192.0.2.1\n10.0.0.0/33\n\nnowhere' }, 'allowedRanges', 'Line 2, “10.0.0.0/33”'],
  [{ allowedRanges: '192.0.2.1\n10.0.0.0/33\n\nnowhere' }, 'allowedRanges', 'Line 4, “nowhere”'],
  [{ allowedRanges: '192.0.2.1\n'.repeat(51) }, 'allowedRanges', 'at most 50'],
  [{ product: 'remote-access' }, 'product', 'Choose one of the products'],
  [{ product: 'nothing' }, 'product', 'Choose one of the products'],
] as [Record<string, string>, string, string][])(
  'a new one with %j is refused at %s, and what was typed is kept',
  async (fields, at, words) => {
    const before = await portal.db.rows('select count(*) as n from activation_keys')
    const form = await browser.open('/activation-keys/new?product=live-patching')
    const again = await browser.submit(form, 'form[action="/activation-keys"]', { name: 'Odd', ...fields })
    expect([422, 409]).toContain(again.status)
    expect(field(again, `${at}-error`)?.text).toContain(words)
    expect(field(again, at)?.getAttribute('aria-invalid')).toBe('true')
    expect(again.dom.querySelector('#error-summary a')?.getAttribute('href')).toBe(`#${at}`)
    expect(field(again, 'name')?.getAttribute('value')).toBe('Odd')
    if (fields.allowedRanges) expect(field(again, 'allowedRanges')?.text).toContain(fields.allowedRanges.split('\n')[0])
    expect(await portal.db.rows('select count(*) as n from activation_keys')).toEqual(before)
  },
)

test.each([
  [{ graceDays: '91' }, 422, 'graceDays'],
  [{ graceDays: '' }, 422, 'graceDays'],
  [{ graceDays: '1.5' }, 422, 'graceDays'],
  [{ code: 'ABCD' }, 422, 'code'],
  [{ code: fabrikam.keys.staging.code }, 422, 'code'],
  [{ code: fabrikam.keys.livePatching.code }, 409, 'code'],
] as [Record<string, string>, number, string][])(
  'a rotation with %j is refused at its field and changes nothing',
  async (fields, status, at) => {
    const asked = await browser.open(`${staging}/rotations/new`)
    const again = await browser.submit(asked, 'main form', fields)
    expect([again.status, field(again, `${at}-error`) !== null]).toEqual([status, true])
    expect((await key(fabrikam.keys.staging.id)).code).toBe(fabrikam.keys.staging.code)
    expect(await portal.db.rows('select 1 from former_codes where key_id = ?', fabrikam.keys.staging.id)).toEqual([])
  },
)
