import { afterEach, expect, inject, test } from 'vitest'
import { idOf } from '#dev/world/ids.ts'
import { contoso } from '#dev/world/people.ts'
import { desk, type Visitor, visit, visitAs } from '../support/browser.ts'

/** What ends an attribute, a tag, a comment, a script or a style, what runs by itself, and what htmx would obey. */
const payloads = [
  '<script>alert(1)</script>',
  '</title><script>alert(2)</script>',
  '</textarea><script>alert(3)</script>',
  '</style><script>alert(4)</script>',
  '--><script>alert(5)</script>',
  '<img src=x onerror=alert(6)>',
  '"><img src=x onerror=alert(7)>',
  "'><img src=x onerror=alert(8)>",
  '<svg onload=alert(9)>',
  '<svg><script>alert(10)</script></svg>',
  '<svg><animate onbegin=alert(11) attributeName=x dur=1s>',
  '<iframe srcdoc="<script>alert(12)</script>">',
  '<iframe src="javascript:alert(13)">',
  '<object data="javascript:alert(14)">',
  '<embed src="javascript:alert(15)">',
  '<a href="javascript:alert(16)">x</a>',
  'javascript:alert(17)',
  'data:text/html,<script>alert(18)</script>',
  '<details open ontoggle=alert(19)>',
  '<input autofocus onfocus=alert(20)>',
  '<video><source onerror=alert(21)></video>',
  '<body onload=alert(22)>',
  '<math><mtext></form><form><mglyph><style></math><img src onerror=alert(23)>',
  '<base href="//evil.example/">',
  '<link rel=stylesheet href="//evil.example/x.css">',
  '<meta http-equiv=refresh content="0;url=//evil.example">',
  '<form action="//evil.example"><button>x</button></form>',
  '<style>*{background:url(//evil.example)}</style>',
  '" onmouseover="alert(24)" x="',
  "' onfocus='alert(25)' autofocus='",
  '" hx-on:load="alert(26)" x="',
  '<div hx-get="/sign-in" hx-trigger="load">',
  '<div hx-on::load="alert(27)">',
  '<hx-partial hx-target="#main"><img src=x onerror=alert(28)></hx-partial>',
  '<div data-hx-get="//evil.example" data-hx-trigger="load">',
  '<div hx-swap-oob="true" id="main">gone</div>',
  '{{constructor.constructor("alert(29)")()}}',
  ['$', '{alert(30)}'].join(''),
  '\u2028alert(31)\u2029',
  '%3Cscript%3Ealert(32)%3C/script%3E',
  '&lt;script&gt;alert(33)&lt;/script&gt;',
  '<scr\u0000ipt>alert(34)</script>',
  '<<script>alert(35)//<</script>',
  '\u202E<script>alert(36)</script>',
]

let visitor: Visitor
afterEach(() => visitor.leave())

/** The licenses whose comments hold the payloads: the oldest, which no other test looks at. */
const idAt = (i: number) => idOf('license', `contoso-${String(i + 1).padStart(3, '0')}`)

test('the alarm works: a page that runs a payload is noticed, and one whose policy stops it too (B3 B4)', async () => {
  visitor = await visit(desk)
  const { page, context, faults } = visitor
  const body = '<img src="data:," onerror="alert(1)">'
  await context.route('**/open', (route) => route.fulfill({ contentType: 'text/html', body }))
  await page.goto('/open')
  await expect.poll(() => faults.splice(0)).toEqual(['dialog: 1'])
  const headers = { 'content-security-policy': "default-src 'none'; img-src data:" }
  await context.route('**/shut', (route) => route.fulfill({ contentType: 'text/html', body, headers }))
  await page.goto('/shut')
  await expect.poll(() => faults.splice(0).join()).toMatch(/Content Security Policy/)
})

test('markup in a comment is shown as it was typed, on every page that shows it; nothing of it runs (B3 B4)', async () => {
  visitor = await visitAs(contoso, desk)
  const { page, context } = visitor
  const headers = { origin: inject('portal') }
  // A few at once: the database takes one write after another, and a slow machine keeps none waiting too long.
  for (let first = 0; first < payloads.length; first += 8) {
    const some = payloads.slice(first, first + 8).map(async (comment, at) => {
      const i = first + at
      const path = `/licenses/${idAt(i)}/comment`
      const html = await (await context.request.get(path)).text()
      const version = /name="version" value="(\d+)"/.exec(html)?.[1] as string
      const answer = await context.request.post(path, { headers, form: { comment, version }, maxRedirects: 0 })
      expect([comment, answer.status()]).toEqual([comment, 303])
    })
    await Promise.all(some)
  }
  const shown = new Set<string | null>()
  await page.goto('/?sort=bought')
  for (let n = 1; n <= 3; n++) {
    await page
      .locator('[aria-current=page]')
      .getByText(new RegExp(`${n}$`))
      .waitFor()
    for (const text of await page.locator('#list bdi').allTextContents()) shown.add(text)
    await page.getByRole('link', { name: 'Next' }).click()
  }
  // Control characters are not kept; all else is.
  const kept = payloads.filter((text) => !['\u0000', '\u2028'].some((control) => text.includes(control)))
  expect(kept.filter((text) => !shown.has(text))).toEqual([])
  for (const path of ['/events', `/licenses/${idAt(0)}`, `/licenses/${idAt(2)}/comment`, `/licenses/${idAt(29)}`]) {
    await page.goto(path)
    await page.locator('#main').waitFor()
  }
  expect(await page.locator('#main').count()).toBe(1)
  await page.goto('/?sort=bought')
  for (const link of (await page.getByRole('link', { name: /^Edit comment of/ }).all()).slice(0, 5)) await link.click()
  await expect.poll(() => page.locator('#list textarea').count()).toBe(5)
  expect(await page.locator('[hx-on\\:\\:load], [data-hx-get], base, iframe, object, embed').count()).toBe(0)
})

test('markup in an address, a search or a sign-in is shown as it was typed; nothing of it runs (B3 B4)', async () => {
  visitor = await visitAs(contoso, desk)
  const { page } = visitor
  for (const [i, text] of payloads.entries()) {
    const q = encodeURIComponent(text.slice(0, 100))
    const paths = [`/?q=${q}`, `/orders?q=${q}`, `/events?action=${q}`, `/?cursor=${q}`, `/sign-in?next=${q}`, `/${q}`]
    await page.goto(paths[i % paths.length] as string)
    await page.locator('#main').waitFor()
  }
  await page.goto('/')
  for (const text of payloads.slice(0, 12)) {
    await page.getByRole('searchbox').fill(text)
    await page.getByRole('searchbox').press('Enter')
    await page.waitForURL((url) => url.searchParams.get('q') === text)
  }
  await page.goto('/sign-in')
  for (const text of payloads.slice(0, 9)) {
    await page.getByLabel('E-mail address / login').fill(text)
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.locator('#error-summary, #proof').first().waitFor()
    await page.goto('/sign-in')
  }
})
