import type { HttpContext } from './context.ts'
import { dropCookie, readCookie, writeCookie } from './cookies.ts'

/** What a page says once after an act; the cookie holds the name, never the words. */
export const notices = {
  'activation-key-created': 'Activation key created.',
  'activation-keys-created': 'Activation keys created.',
  'activation-key-generated': 'Activation key generated. It is in the list below.',
  'activation-key-over-limit':
    'Activation key saved. More servers run with it than its limit allows now: they stay, and no new one comes in.',
  'activation-key-rotated': 'Activation key rotated. A letter tells the account until when the old code works.',
  'activation-keys-removed': 'Activation keys removed.',
  'activation-key-removed': 'Activation key removed.',
  'activation-key-saved': 'Activation key saved.',
  'invoice-saved': 'Billing data saved. The PDF has them, too.',
  'invitation-mailed': 'The invitation is on its way. Its link works once, for 7 days.',
  'invitation-withdrawn': 'Invitation withdrawn: its link opens nothing any more.',
  'login-joined': 'Welcome. Sign in with your e-mail and the password you chose.',
  'login-removed': 'Login removed. Wherever it was signed in, it is signed out.',
  'role-changed': 'Role changed. It counts from now on.',
  'api-key-revoked': 'API key revoked: from now on it is refused.',
  'computer-saved': 'Saved.',
  'computers-grouped': 'The marked machines are in their group.',
  'computers-moved': 'The marked machines are on their new key.',
  'computers-removed': 'Removed. For a day you can undo it here.',
  'computers-removed-before': 'They were removed already.',
  'computers-restored': 'Undone: they are back, with their tokens.',
  'computer-group-created': 'Group created.',
  'computer-group-deleted': 'Group deleted. Its computers stay, without a group.',
  'computer-group-renamed': 'Group renamed.',
  'stale-removal-saved': 'Saved. The clock looks once an hour.',
  'credits-given': 'Credits given.',
  'credits-taken-back': 'Credits taken back.',
  'low-credits-saved': 'Threshold saved.',
  'password-link-mailed': 'A link that sets the password is on its way. It works once, for 7 days.',
  'registration-mailed': 'A letter with a link is on its way to the address. It works once, for 24 hours.',
  registered: 'Your password is set. Sign in with your e-mail and it.',
  'password-adding-mailed': 'The link is on its way to the e-mail of your orders. It works once, for 24 hours.',
  'settings-saved': 'Saved.',
  'email-change-mailed':
    'Two letters are on their way, one to each address. The e-mail changes once both links were followed, within 24 hours.',
  'email-change-stopped': 'Stopped: the e-mail stays as it is, and the mailed links open nothing any more.',
  'email-changed': 'The e-mail is changed. Sign in with the new one from now on.',
  'session-ended': 'Session ended: that browser is signed out.',
  'sessions-ended': 'All other browsers are signed out.',
  'payment-method-added': 'Payment method added.',
  'payment-method-default': 'From now on it is the one that is charged.',
  'payment-method-removed': 'Payment method removed: it is not charged any more.',
  'report-added': 'Report added. Addresses that are not of your account are asked by letter first.',
  'report-saved': 'Report saved.',
  'report-paused': 'Report paused: nothing is sent before you switch it on again.',
  'report-resumed': 'Report switched on.',
  'report-removed': 'Report removed.',
  'reports-removed': 'Reports removed.',
  'reports-paused': 'Reports paused: nothing is sent before you switch them on again.',
  'reports-resumed': 'Reports switched on.',
  'report-asked': 'The address is asked again.',
  'report-test-sent': 'A test is on its way to your own address.',
  'reseller-created': 'Account created. A letter with login, address and a link that sets the password is on its way.',
  'reseller-resumed': 'Account resumed: it and all below it can sign in again.',
  'reseller-saved': 'Profile saved.',
  'reseller-suspended': 'Account suspended: from now on neither it nor anybody below it can sign in.',
  'cart-saved': 'Your cart is up to date.',
  'comment-saved': 'Comment saved.',
  'license-saved': 'License saved.',
  'license-upgraded': 'License upgraded.',
  'license-deleted': 'License deleted. What it cost came back as credits.',
  'licenses-edited': 'The marked licenses are edited.',
  'licenses-deleted': 'The marked licenses are deleted. What they cost came back as credits.',
  'support-extended': 'Support extended.',
  'support-added': 'Support added.',
  'license-assigned': 'License assigned.',
  'license-made-permanent': 'The trial is a permanent license now.',
  'payment-applied': 'Payment applied. The buyer gets the order letter.',
  'payment-refunded': 'Marked as refunded.',
  'job-run': 'Done: the job has run.',
  'job-failed': 'The job ran and failed. What it said stands beside it.',
  'letter-resent': 'The letter is tried again at once, and for a day if need be.',
  'computer-released': 'Computer released. The license is free for another one.',
  'computers-released': 'Released. What you chose is free for another computer, and its software stops.',
  'release-asked': 'The seller was asked. You find it in the timeline below.',
  'release-link-sent':
    'If something runs with this key, a link to release it is on its way to the owner. It works once, for 10 minutes.',
  'signed-out': 'You are signed out.',
  'link-sent': 'If we know this e-mail or login, a sign-in link is on its way. It works once, for 10 minutes.',
  'password-changed': 'Password changed. Other browsers that were signed in are signed out.',
  'subscription-generated': 'Subscription generated. The customer activates it with the key below.',
  'channels-changed': 'Channels changed. The new number counts from now on.',
  'cancellation-asked': 'The shop was asked to cancel it. What it says shows here as soon as it has come.',
  'resumption-asked': 'The shop was asked to go on. What it says shows here as soon as it has come.',
  'subscription-canceled': 'Subscription canceled. It works to the end of its term and is not renewed.',
  'two-factor-on': 'Two-factor is on. Keep the recovery codes below: they are shown this once.',
  'two-factor-off': 'Two-factor is off.',
  'two-factor-required': 'From now on every login of your account needs two-factor.',
  'two-factor-optional': 'Two-factor is up to each login.',
  'two-factor-reset': 'The second factor goes off in 24 hours. Its owner was told by letter.',
  'sign-in-expired': 'The sign-in took too long. Start again.',
  'password-set': 'Password set. Sign in with it.',
  'password-link-sent':
    'If we know this e-mail or login, a link to set the password is on its way. It works once, for 10 minutes.',
} as const
export type Notice = keyof typeof notices

/** Leaves a notice for the next page. */
export const leaveNotice = (c: HttpContext, notice: Notice): void => writeCookie(c, 'notice', notice, 60)

/** Takes the notice that was left, if any: it shows once. */
export function takeNotice(c: HttpContext): string | null {
  const left = readCookie(c, 'notice')
  if (left === undefined) return null
  dropCookie(c, 'notice')
  return Object.hasOwn(notices, left) ? notices[left as Notice] : null
}
