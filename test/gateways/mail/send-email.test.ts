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
    expect(await failing(code).send(letter, 'let_1')).toMatchObject({ outcome: 'again' })
  })
})
