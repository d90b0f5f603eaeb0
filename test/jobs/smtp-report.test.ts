import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningPortal, startPortal } from '#dev/running-portal.ts'
import { northwind } from '#dev/world/people.ts'
import { read, startSmtp } from '../support/smtp.ts'

let smtp: Awaited<ReturnType<typeof startSmtp>>
let portal: RunningPortal
beforeAll(async () => {
  // workerd trusts no certificate that a test could make.
  smtp = await startSmtp({ disabledCommands: ['STARTTLS'] })
  portal = await startPortal({ MAIL_SMTP_URL: `smtp://127.0.0.1:${smtp.port}` })
})
afterAll(async () => {
  await portal?.stop()
  await smtp?.stop()
})

const tick = async () => {
  const answer = await fetch(`${portal.origin}/cdn-cgi/handler/scheduled?cron=${encodeURIComponent('* * * * *')}`)
  expect([answer.status, await answer.text()]).toEqual([200, 'ok'])
}

test('the Cron Trigger of the built Worker hands the report of support ends to a mail server: its CSV opens, its unsubscribe link works, and it comes once (R271 R272 R273)', async () => {
  await Promise.all([tick(), tick(), tick()])
  await tick()
  const reports = smtp.received.filter(({ to }) => to.includes(northwind.email))
  expect(reports).toHaveLength(1)
  const { headers, parts } = read(reports[0]?.raw ?? '')
  expect(headers.subject).toMatch(/support/i)
  expect(headers.from).toBe('"Acme Software" <portal@acme.example>')
  expect(parts['text/html']).toContain('<table')

  const rows = parse<Record<string, string>>(parts['text/csv'] ?? '', { columns: true, bom: true })
  expect(rows.length).toBeGreaterThan(2)
  const [first = {}] = rows
  expect(parts['text/plain']).toContain(Object.values(first)[0])

  expect(headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click')
  const link = /<(http[^>]+)>/.exec(headers['list-unsubscribe'] ?? '')?.[1] ?? ''
  expect(link.startsWith(portal.origin)).toBe(true)
  const oneClick = await fetch(link, { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) })
  expect(oneClick.status).toBe(200)
  // What the link offers now is to get it again.
  expect(await (await fetch(link)).text()).toContain('<h1>Get this report?</h1>')
})
