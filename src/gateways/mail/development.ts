import type { Mailer } from '../mail.ts'

/** Delivers nowhere: the row of the outbox is what `/dev/mail` shows. */
export const developmentMailer: Mailer = {
  async send(_letter, once) {
    return { outcome: 'sent', providerId: `development-${once}` }
  },
}
