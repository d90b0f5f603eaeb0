import type { OutboxRow } from '#src/db/outbox.ts'
import { tokenKindOf } from '#src/domain/email-changes/email-change.ts'
import type { Letter } from '#src/gateways/mail.ts'
import { passwordChangedLetter, passwordLinkLetter, resellerLetter } from '#views/letters/accounts.ts'
import { keyRotatedLetter } from '#views/letters/activation-keys.ts'
import { apiKeyCreatedLetter } from '#views/letters/api-keys.ts'
import { balancePaymentFailedLetter, topUpDueLetter } from '#views/letters/billing.ts'
import { computerCopiedLetter } from '#views/letters/computers.ts'
import { emailChangedLetter, emailChangeElsewhereLetter, emailChangeLetter } from '#views/letters/email-changes.ts'
import { type LetterContent, LetterHtml, letterText } from '#views/letters/letter.tsx'
import {
  invitationElsewhereLetter,
  invitationLetter,
  loginRemovedLetter,
  roleChangedLetter,
} from '#views/letters/logins.ts'
import { orderLetter } from '#views/letters/order.ts'
import {
  paymentFailedLetter,
  paymentHeldLetter,
  paymentRefundedLetter,
  paymentWaitingLetter,
  refundLetter,
  refundToSettleLetter,
  subscriptionRenewedLetter,
} from '#views/letters/payments.ts'
import { quoteAppliedLetter } from '#views/letters/quotes.ts'
import { registrationKnownLetter, registrationLetter, welcomeLetter } from '#views/letters/registrations.ts'
import { releaseLinkLetter, releaseRequestLetter } from '#views/letters/releases.ts'
import { reportConfirmationLetter } from '#views/letters/reports.ts'
import { newDeviceLetter, signInLinkLetter } from '#views/letters/sign-in.ts'
import { twoFactorLetter } from '#views/letters/two-factor.ts'
import {
  ledgerProofLetter,
  lettersDeadLetter,
  signInAlarmLetter,
  unknownItemLetter,
  unreadableEventLetter,
} from '#views/letters/vendor.ts'
import { paths } from '#views/paths.ts'
import type { Deps } from '../deps.ts'
import { readReport } from '../reports/read-report.ts'
import { readDigest } from '../warnings/read-digest.ts'
import { readWarning } from '../warnings/read-warning.ts'
import type { MailedLetter } from './unsubscribe.ts'

type Row = Pick<OutboxRow, 'template' | 'params' | 'recipient'>

/** Renders a letter of the outbox as text and HTML; links are built from the configured origin alone. */
export async function renderLetter(deps: Deps, row: Row): Promise<Letter> {
  const mailed = await mailedOf(deps, row)
  const content = mailed?.letter ?? (await contentOf(deps, row))
  return {
    to: row.recipient,
    subject: content.subject,
    text: letterText(content),
    html: `<!doctype html>${await (<LetterHtml {...content} />).toString()}`,
    ...(mailed ? { headers: mailed.headers, attachments: mailed.attachments } : {}),
  }
}

/** Letters that say what stands in the database are read first; they can be unsubscribed. */
function mailedOf(deps: Deps, { template, params }: Row): Promise<MailedLetter> | null {
  if (template === 'report' || template === 'report-test') return readReport(deps, params as never)
  if (template === 'expiry-warning') return readWarning(deps, params as never)
  return template === 'weekly-digest' ? readDigest(deps, params as never) : null
}

async function contentOf({ settings, secrets }: Deps, { template, params }: Row): Promise<LetterContent> {
  const { origin, vendorName, supportEmail } = settings
  const url = (path: string) => origin + path
  const orderUrl = ({ reference }: Row['params']) => url(paths.order(String(reference)))
  switch (template) {
    case 'order':
      return orderLetter(params as never, { url: url(paths.home), orderUrl: orderUrl(params), vendorName })
    case 'quote-applied':
      return quoteAppliedLetter(params as never, {
        ...{ url: url(paths.home), balanceUrl: url(paths.billing), orderUrl: orderUrl(params), vendorName },
      })
    case 'new-device':
      return newDeviceLetter(params as never, { url: url(paths.home), supportEmail })
    case 'sign-in-link':
      return signInLinkLetter(params as never, url(paths.link(await secrets.tokenFor('link', String(params.linkId)))))
    case 'unknown-item':
      return unknownItemLetter(params as never, url(paths.order(String(params.reference))))
    case 'unreadable-event':
      return unreadableEventLetter(params as never)
    case 'password-link':
      return passwordLinkLetter(params as never, url(paths.link(await secrets.tokenFor('link', String(params.linkId)))))
    case 'password-changed':
      return passwordChangedLetter(params as never, { url: url(paths.passwordResets), supportEmail })
    case 'reseller': {
      const linkUrl = url(paths.link(await secrets.tokenFor('link', String(params.linkId))))
      return resellerLetter(params as never, { url: url(paths.home), linkUrl, vendorName })
    }
    case 'api-key-created':
      return apiKeyCreatedLetter(params as never, { url: url(paths.apiKeys), supportEmail })
    case 'invitation': {
      const linkUrl = url(paths.link(await secrets.tokenFor('invitation', String(params.row))))
      return invitationLetter(params as never, { linkUrl, url: url(paths.home), vendorName })
    }
    case 'invitation-elsewhere':
      return invitationElsewhereLetter(params as never, { url: url(paths.signIn), supportEmail })
    case 'role-changed':
      return roleChangedLetter(params as never, { url: url(paths.roles) })
    case 'login-removed':
      return loginRemovedLetter(params as never, { supportEmail })
    case 'computer-copied':
      return computerCopiedLetter(params as never, { url: url(paths.home), supportEmail })
    case 'activation-key-rotated':
      return keyRotatedLetter(params as never, { url: url(paths.activationKey(String(params.keyId))), supportEmail })
    case 'two-factor':
      return twoFactorLetter(params as never, { url: url(paths.passwordResets), supportEmail })
    case 'release-link':
      return releaseLinkLetter(params as never, url(paths.link(await secrets.tokenFor('link', String(params.linkId)))))
    case 'release-request':
      return releaseRequestLetter(params as never, url(paths.newRelease(String(params.licenseId))))
    case 'ledger-proof':
      return ledgerProofLetter(params as never)
    case 'subscription-renewed':
      return subscriptionRenewedLetter(params as never, url(paths.home))
    case 'payment-failed':
      return paymentFailedLetter(params as never, { url: url(paths.subscriptions), supportEmail })
    case 'balance-payment-failed':
      return balancePaymentFailedLetter(params as never, url(paths.quote(String(params.quoteId))))
    case 'top-up-due':
      return topUpDueLetter(params as never, url(paths.quote(String(params.quoteId))))
    case 'refund':
      return refundLetter(params as never, vendorName)
    case 'refund-to-settle':
      return refundToSettleLetter(params as never, url(paths.order(String(params.reference))))
    case 'payment-held':
      return paymentHeldLetter(params as never, url(paths.payment(String(params.paymentId))))
    case 'payment-waiting':
      return paymentWaitingLetter(params as never, { vendorName, supportEmail })
    case 'payment-refunded':
      return paymentRefundedLetter(params as never, { vendorName, supportEmail })
    case 'letters-dead':
      return lettersDeadLetter(params as never, `${url(paths.outbox)}?state=dead`)
    case 'sign-in-alarm':
      return signInAlarmLetter(params as never)
    case 'registration': {
      const token = await secrets.tokenFor('registration', String(params.registrationId))
      return registrationLetter(params as never, { url: url(paths.link(token)), vendorName })
    }
    case 'registration-known':
      return registrationKnownLetter(params as never, { url: url(paths.signIn), resetUrl: url(paths.passwordResets) })
    case 'welcome':
      return welcomeLetter(params as never, { url: url(paths.home), vendorName, supportEmail })
    case 'email-change': {
      const kind = tokenKindOf(params.side === 'old' ? 'old' : 'new')
      const token = await secrets.tokenFor(kind, String(params.changeId))
      return emailChangeLetter(params as never, { url: url(paths.link(token)), supportEmail })
    }
    case 'email-change-elsewhere':
      return emailChangeElsewhereLetter(params as never, { url: url(paths.signIn), supportEmail })
    case 'email-changed':
      return emailChangedLetter(params as never, { supportEmail })
    case 'report-confirmation':
      return reportConfirmationLetter(
        params as never,
        url(paths.link(await secrets.tokenFor('recipient', String(params.recipientId)))),
      )
    case 'report':
    case 'report-test':
    case 'expiry-warning':
    case 'weekly-digest':
      throw new Error('It is read before it is rendered')
  }
}
