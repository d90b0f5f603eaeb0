import { describe, expect, it } from 'vitest'
import { sendEmailMailer } from '#src/gateways/mail/send-email.ts'

const letter = { to: 'ada@example.com', subject: 'Your order', text: 'Hello', html: '<p>Hello</p>' }
const from = { name: 'Acme', email: 'portal@acme.example' }
const failing = (code: string | undefined) =>
  sendEmailMailer({ send: () => Promise.reject(Object.assign(new Error('refused'), { code })) }, from)

describe("Cloudflare's mailer", () => {
  it('hands the whole letter over and keeps its id', async () => {
    const seen: unknown[] = []
    const send = async (message: unknown) => {
      seen.push(message)
      return { messageId: 'm-1' }
    }
    expect(await sendEmailMailer({ send }, from).send(letter, 'let_1')).toEqual({ outcome: 'sent', providerId: 'm-1' })
    expect(seen).toEqual([{ from, ...letter }])
  })

  it('hands over headers and attachments, these in base64', async () => {
    const seen: unknown[] = []
    const send = async (message: unknown) => {
      seen.push(message)
      return {}
    }
    const attachments = [{ filename: 'ends.csv', type: 'text/csv', text: 'Übersicht' }]
    const headers = { 'List-Unsubscribe': '<https://portal.acme.example/links/x>' }
    await sendEmailMailer({ send }, from).send({ ...letter, headers, attachments }, 'let_1')
    const content = Buffer.from('Übersicht').toString('base64')
    const attached = [{ filename: 'ends.csv', type: 'text/csv', disposition: 'attachment', content }]
    expect(seen).toEqual([{ from, ...letter, headers, attachments: attached }])
  })

  it('gives up on a binding that never answers', async () => {
    const posting = await sendEmailMailer({ send: () => new Promise(() => {}) }, from, 20).send(letter, 'let_1')
    expect(posting).toEqual({ outcome: 'again', error: 'unknown: The mail server did not answer in time' })
  })

  it.each(['E_RECIPIENT_SUPPRESSED', 'E_VALIDATION_ERROR', 'E_HEADER_VALUE_INVALID', 'E_CONTENT_TOO_LARGE'])(
    'never repeats after %s',
    async (code) => {
      const posting = await failing(code).send(letter, 'let_1')
      expect(posting).toEqual({ outcome: 'never', error: `${code}: refused` })
    },
  )

  it.each([
    'E_RATE_LIMIT_EXCEEDED',
    'E_DAILY_LIMIT_EXCEEDED',
    'E_SENDER_NOT_VERIFIED',
    'E_INTERNAL_SERVER_ERROR',
    undefined,
  ])('tries again after %s', async (code) => {
    const posting = await failing(code).send(letter, 'let_1')
    expect(posting).toMatchObject({ outcome: 'again' })
    expect('isBusy' in posting).toBe(Boolean(code?.includes('LIMIT')))
  })
})
