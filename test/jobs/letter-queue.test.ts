import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { startPortal } from '#dev/running-portal.ts'
import { northwind } from '#dev/world/people.ts'
import { takeMessages } from '#src/jobs/letter-queue.ts'
import { runDue } from '#src/jobs/schedule.ts'
import { openPortal, type Portal } from '../support/portal.ts'
import { startSmtp } from '../support/smtp.ts'

const askForReset = (portal: Portal) =>
  portal.app.request('https://portal.acme.example/password-resets', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams({ identifier: northwind.login }).toString(),
  })

const messageOf = (body: unknown) => ({ body, ack: vi.fn(), retry: vi.fn() })

describe('a letter that was just written, where a queue is bound', () => {
  const sent: { letters: readonly string[] }[] = []
  const send = vi.fn(async (message: { letters: readonly string[] }) => sent.push(message))
  let portal: Portal
  beforeEach(async () => {
    sent.length = 0
    send.mockClear()
    portal = await openPortal({ letterQueue: { send } })
    await runDue(portal.deps, '* * * * *')
    portal.deps.letters.length = 0
    await askForReset(portal)
    await portal.deps.settled()
  })

  test('is left to the queue, and leaves once however often its message comes', async () => {
    expect(sent).toHaveLength(1)
    expect(portal.deps.letters).toHaveLength(0)
    const messages = [1, 2, 3].map(() => messageOf(structuredClone(sent[0])))
    await Promise.all(messages.map((one) => takeMessages(portal.deps, [one])))
    expect(portal.deps.letters.map(({ to }) => to)).toEqual([northwind.email])
    for (const one of messages) expect(one.ack).toHaveBeenCalledOnce()
  })

  test('leaves with the clock where the message is lost', async () => {
    await runDue(portal.deps, '* * * * *')
    expect(portal.deps.letters.map(({ to }) => to)).toEqual([northwind.email])
  })

  test('comes again where the database did not answer', async () => {
    const down = { batch: () => Promise.reject(new Error('down')) }
    const message = messageOf(sent[0])
    await takeMessages({ ...portal.deps, db: down }, [message])
    expect([message.retry.mock.calls.length, message.ack.mock.calls.length]).toEqual([1, 0])
  })

  test('is sent at once where the queue takes nothing', async () => {
    const send = () => Promise.reject(new Error('Queue is full'))
    portal = await openPortal({ letterQueue: { send } })
    await runDue(portal.deps, '* * * * *')
    portal.deps.letters.length = 0
    await askForReset(portal)
    await portal.deps.settled()
    expect(portal.deps.letters.map(({ to }) => to)).toEqual([northwind.email])
  })

  test('a message that names no letters is dropped and told to the log', async () => {
    const bodies = [null, 'text', {}, { letters: [] }, { letters: ['acc_1'] }, { letters: Array(1001).fill('let_1') }]
    const messages = bodies.map(messageOf)
    await takeMessages(portal.deps, messages)
    for (const one of messages) expect(one.ack).toHaveBeenCalledOnce()
    expect(portal.deps.logs.filter(({ message }) => String(message).includes('not understood'))).toHaveLength(6)
    expect(portal.deps.letters).toHaveLength(0)
  })
})

const folder = mkdtempSync(join(tmpdir(), 'portico-queue-'))
const toStop: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })]
afterAll(async () => {
  for (const stop of toStop.reverse()) await stop()
})

/** `wrangler.toml` with the lines of the queue no longer commented out. */
function configWithQueue(): string {
  const text = readFileSync('wrangler.toml', 'utf8')
    .replace(/(# \[\[queues\.producers[\s\S]*?)\n\n/, (lines) => lines.replace(/^# /gm, ''))
    .replace(/^(main|directory) = "(.*)"$/gm, (_, name, path) => `${name} = "${resolve(path)}"`)
  expect(text).toMatch(/^\[\[queues\.producers\]\]$[\s\S]*^\[\[queues\.consumers\]\]$/m)
  writeFileSync(join(folder, 'wrangler.toml'), text)
  return join(folder, 'wrangler.toml')
}

test('the built Worker in workerd has its queue send a letter, and no clock runs', async () => {
  const smtp = await startSmtp({ disabledCommands: ['STARTTLS'] })
  toStop.push(() => smtp.stop())
  const MAIL_SMTP_URL = `smtp://127.0.0.1:${smtp.port}`
  const portal = await startPortal({ MAIL_SMTP_URL, WRANGLER_CONFIG: configWithQueue() })
  toStop.push(() => portal.stop())
  const answer = await fetch(`${portal.origin}/password-resets`, {
    method: 'POST',
    headers: { 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams({ identifier: northwind.login }),
  })
  expect(answer.status).toBe(200)
  await vi.waitFor(() => expect(smtp.received.map(({ to }) => to)).toEqual([[northwind.email]]), { timeout: 8000 })
})
