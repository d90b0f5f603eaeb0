import { Violation } from '#src/db/commit.ts'
import { type Refusal, Refused } from '#src/domain/refusal.ts'

/** What a violated constraint or a failed expectation means to a reader. What is not listed here is a defect: a 500. */
const refusals: Record<string, Refusal> = {
  'signed-out': { code: 'signed-out' },
  'not-found': { code: 'not-found' },
  'activation_keys.code_normal': { code: 'activation-key-taken' },
  activation_key_taken: { code: 'activation-key-taken' },
  activation_key_removed: { code: 'not-found' },
  activation_key_default: { code: 'activation-key-default' },
  'activation-released': { code: 'activation-released' },
  activation_key_default_stays: { code: 'activation-key-default' },
  'logins.email_key': { code: 'email-taken' },
  'accounts.parent_id, accounts.email_key': { code: 'email-taken' },
  'logins.login_key': { code: 'login-taken' },
  'invitations.account_id, invitations.email_key': { code: 'invited-already' },
  login_last_full_access: { code: 'last-full-access' },
  login_master: { code: 'master-login' },
  'too-many-requests': { code: 'too-many-requests', retryAfter: 3600 },
  'too-many-logins': { code: 'too-many-logins' },
  'api-key-ended': { code: 'api-key-ended' },
  'too-many-api-keys': { code: 'too-many-api-keys' },
  'offer-withdrawn': { code: 'offer-withdrawn' },
  'product-not-given': { code: 'product-not-given' },
  'subscription-canceled': { code: 'subscription-canceled' },
  'quote-expired': { code: 'quote-expired' },
  'quote-paid': { code: 'quote-paid' },
  'quote-stale': { code: 'quote-stale' },
  checkout_paid_once: { code: 'quote-paid' },
  'computer_groups.account_id, computer_groups.name_key': { code: 'computer-group-taken' },
  computer_group_foreign: { code: 'computer-of-another-account' },
  'activation-key-gone': { code: 'activation-key-gone' },
  'license-taken': { code: 'license-taken' },
  'support-there': { code: 'support-there' },
  'supports.license_id': { code: 'support-there' },
  'trials.product_code, trials.subject_key': { code: 'trial-used' },
  'release-asked': { code: 'release-asked' },
  'version-mismatch': { code: 'version-mismatch' },
  'two-factor-off': { code: 'two-factor-off' },
  'two-factor-on': { code: 'two-factor-on' },
  'wrong-code': { code: 'wrong-code' },
  'wrong-password': { code: 'wrong-password' },
  'letter-left': { code: 'letter-left' },
  'license-in-use': { code: 'license-in-use' },
  'invalid-link': { code: 'invalid-link', detail: 'This link was used already or is too old. Ask for a new one.' },
}

/** Runs a commit and turns what the schema refused into a `Refused`, through the list above. */
export async function refusing<T>(committing: () => Promise<T>): Promise<T> {
  try {
    return await committing()
  } catch (error) {
    const refusal = error instanceof Violation ? refusals[error.constraint] : undefined
    throw refusal ? new Refused(refusal) : error
  }
}
