import type { RefusalCode } from '#src/domain/refusal.ts'

/** Two refusals are worded for pages; to a script they are these. */
export const otherNames = { 'comment-changed': 'version-mismatch', 'signed-out': 'unauthorized' } as const

/** The codes of the API: those of the refusals, and of a fault of our own. */
export type ProblemCode = Exclude<RefusalCode, keyof typeof otherNames> | 'unauthorized' | 'internal-error'

/** What a problem is called, and what to do about it. */
type Words = { readonly title: string; readonly detail: string }

/** The words of each problem; the reference page lists them under the same codes. */
export const words: Record<ProblemCode, Words> = {
  'account-suspended': {
    title: 'The account is suspended',
    detail: 'This account, or one above it, is suspended. Ask the vendor to open it again.',
  },
  'activation-key-default': {
    title: 'The default key stays',
    detail: 'Make another key the default first, or remove a key that is not the default.',
  },
  'activation-key-gone': {
    title: 'An activation key was removed',
    detail: 'A key that activated one of the computers is not there any more. Activate them with another key.',
  },
  'activation-key-holds-licenses': {
    title: 'The key holds licenses',
    detail: 'Name another key of the account that takes them, as `moveTo`.',
  },
  'activation-key-expired': {
    title: 'The activation key has ended',
    detail: 'It activates no new computer since the day after `expiredOn`. Ask whoever gave it to you for another one.',
  },
  'activation-key-removed': {
    title: 'The activation key was removed',
    detail: 'It activates nothing any more. Ask whoever gave it to you for another one.',
  },
  'activation-key-rotated': {
    title: 'The activation key was replaced',
    detail: 'This code is no longer good. Use the new code of the same key; the portal shows it.',
  },
  'activation-key-taken': {
    title: 'The key is taken',
    detail: 'Choose another code, or leave `code` out to have a random one.',
  },
  'activation-key-unknown': {
    title: 'Nobody has this activation key',
    detail:
      'Check how it is spelled: four groups of four letters and digits, as the order letter or the portal shows it.',
  },
  'activation-released': {
    title: 'The computer was released',
    detail: 'The product is not active on this computer any more and must stop. Activate it again to go on.',
  },
  'activation-token-invalid': {
    title: 'The token opens no activation',
    detail:
      'Send the `token` that the activation answered, as `Authorization: Bearer …`. Activate again on the same computer to get it.',
  },
  'address-not-allowed': {
    title: 'The key may not be used from here',
    detail: 'It works from some addresses only. Use it from one of them, or ask its owner to add this one to the list.',
  },
  'api-key-ended': {
    title: 'The API key works no more',
    detail: 'It was revoked or has expired. Make a new one in the portal, under Settings.',
  },
  'bad-signature': {
    title: 'The signature does not hold',
    detail: 'Sign the raw bytes of the body with the shared secret.',
  },
  'body-too-large': { title: 'The body is too large', detail: 'Send less at once: `limit` is the most in bytes.' },
  'cross-site': { title: 'The request came from another site', detail: 'Send it from the portal itself.' },
  'email-taken': { title: 'The e-mail is taken', detail: 'A login with this e-mail exists already. Use another one.' },
  'fingerprint-mismatch': {
    title: 'The token belongs to another computer',
    detail:
      'It was given to a computer with another fingerprint. Activate the product on this one; the owner was told of the copy.',
  },
  forbidden: {
    title: 'The key may not do this',
    detail: 'Use a key that may write and whose role includes this act; ask the master login of the account for one.',
  },
  'idempotency-key-invalid': {
    title: 'The Idempotency-Key cannot be used',
    detail: 'Send 1 to 255 visible ASCII characters, such as a UUID.',
  },
  'idempotency-key-reused': {
    title: 'The Idempotency-Key belongs to another request',
    detail: 'This key was sent before with another request. Make a new key for each new act.',
  },
  'internal-error': {
    title: 'Something went wrong here',
    detail: 'This is our fault. Try again, and if it stays, give the `requestId` to the vendor.',
  },
  'insufficient-credits': {
    title: 'There are not enough credits',
    detail: '`needed` credits of `offer` are needed and `available` are there. Ask whoever gives you credits for more.',
  },
  'invalid-cursor': {
    title: 'The cursor cannot be read',
    detail: 'Use `nextCursor` as it was given, with the same filter and sort, or start again without a cursor.',
  },
  'invalid-link': { title: 'The link opens nothing', detail: 'It was used already or is too old. Ask for a new one.' },
  'invalid-query': { title: 'The query is not understood', detail: 'Mend the parameters listed under `errors`.' },
  'invalid-request': { title: 'The body is not understood', detail: 'Mend the fields listed under `errors`.' },
  'last-full-access': {
    title: 'The last full access stays',
    detail: 'An account keeps a login with full access that can sign in. Give another login full access first.',
  },
  'license-bought': {
    title: 'The license was bought in the shop',
    detail:
      'Only a license that was assigned with credits can be deleted, upgraded or supported with credits. Ask the vendor to return an order.',
  },
  'license-expired': {
    title: 'The license has ended',
    detail:
      'It ended on `endedOn`, and the days of grace are over too. Renew it, or use a key with a license that runs.',
  },
  'license-in-use': {
    title: 'The license was activated',
    detail: 'Only a license that was never activated can be deleted.',
  },
  'invited-already': { title: 'The e-mail is invited already', detail: 'Mail the open invitation anew instead.' },
  'login-there': { title: 'The e-mail is a login of the account', detail: 'Change its role instead.' },
  'too-many-logins': { title: 'There are too many logins', detail: 'Remove one that is not used.' },
  'login-taken': { title: 'The login is taken', detail: 'Somebody has this login name already. Choose another one.' },
  'master-login': {
    title: 'The master login stays',
    detail: 'The master login of an account cannot be removed, disabled or given another role.',
  },
  'too-many-reports': { title: 'There are too many reports', detail: 'Remove one that nobody reads.' },
  'method-not-allowed': { title: 'This path takes other methods', detail: 'Use one of those listed under `allow`.' },
  'not-an-upgrade': {
    title: 'This is no upgrade',
    detail: 'An upgrade adds to the size or goes to a higher edition, and takes nothing away.',
  },
  'no-balance': {
    title: 'The account has no balance',
    detail: 'It has no product that is charged to one, so there is nothing to top up.',
  },
  'not-found': {
    title: 'There is nothing here',
    detail: 'Check the path and the id. What lies outside the account of the key is not found either.',
  },
  'not-sold-for-money': {
    title: 'This has no price',
    detail: 'It is not sold for money, or not in this currency: see the offers, or ask the vendor.',
  },
  'offer-withdrawn': {
    title: 'This is not sold any more',
    detail: 'Read the offers again and choose a product, edition and size that is sold.',
  },
  'password-change-required': {
    title: 'The password must be changed first',
    detail: 'Sign in to the portal and set a password of your own.',
  },
  'letter-left': {
    title: 'The letter has left',
    detail: 'It was sent, or is being sent right now: read it again.',
  },
  'payment-not-applicable': {
    title: 'The payment cannot be applied',
    detail: 'See `why`. Refund it in the shop instead, and say so here.',
  },
  'payment-settled': { title: 'The payment is settled', detail: 'It was applied or refunded before: read it again.' },
  'precondition-required': {
    title: 'The version is missing',
    detail: 'Send the `ETag` of what you read as `If-Match`, so that nobody else’s change is overwritten.',
  },
  'product-not-given': {
    title: 'The product was not given to this account',
    detail: 'Ask whoever made the account to add the product.',
  },
  'proof-required': {
    title: 'A fresh proof is needed',
    detail: 'Do this in the portal: it asks for the password or a code again.',
  },
  'second-factor-required': {
    title: 'A second factor is needed',
    detail: 'The account wants two-factor for every login. Switch it on in the portal, under Settings.',
  },
  'quote-expired': {
    title: 'The quote has ended',
    detail: 'It was valid until `validUntil`. Ask for a new one with the same items.',
  },
  'quote-free': {
    title: 'The quote costs nothing',
    detail: 'There is nothing to pay: post to its applications, and it is done.',
  },
  'quote-paid': { title: 'The quote was paid', detail: 'It was paid before, and is not paid twice.' },
  'quote-unpaid': {
    title: 'The quote is not paid',
    detail: 'Something is due for it: begin a checkout, and it is done once that is paid.',
  },
  'quote-stale': {
    title: 'The quote no longer stands',
    detail: 'A license of it or a price has changed since. Ask for a new one with the same items.',
  },
  'product-not-on-key': {
    title: 'The key does not hold this product',
    detail: 'Use the activation key that you got for this product, or ask whoever gave you the key to add it.',
  },
  'release-asked': {
    title: 'The seller was asked today',
    detail: 'Wait for an answer, or ask again tomorrow.',
  },
  'release-budget': {
    title: 'The releases of this year are spent',
    detail:
      '`used` of `allowed` releases were made within a year; the next is possible at `nextAt`. Ask the seller to release it for you.',
  },
  'release-cooldown': {
    title: 'The license was released a short while ago',
    detail: 'The next release is possible at `nextAt`. Wait until then, or ask the seller to release it for you.',
  },
  'server-limit-reached': {
    title: 'All places are taken',
    detail:
      '`used` of `limit` computers are active. Send one of `computers` as `replace`, release one in the portal, or buy more. One that was lost: have a link mailed to the owner at `/releases/new`.',
  },
  'shop-closed': {
    title: 'Nothing can be paid here yet',
    detail: 'The vendor has not configured a payment provider. Ask them.',
  },
  'shop-unavailable': {
    title: 'The shop does not answer',
    detail: 'Nothing was charged. Try again after `Retry-After` seconds.',
  },
  'sign-in-expired': { title: 'The sign-in took too long', detail: 'Start again.' },
  'sign-in-failed': { title: 'The sign-in failed', detail: 'Check both fields and try again.' },
  'subscription-of-shop': {
    title: 'The shop charges this subscription',
    detail: 'Change or cancel it in the shop; the portal follows.',
  },
  'subscription-not-resumable': {
    title: 'The subscription cannot be resumed',
    detail: 'It goes on already, has ended, or is paid in another way: `why` says which.',
  },
  'subscription-canceled': {
    title: 'The subscription was canceled',
    detail: 'It runs to its end and cannot be changed. Generate a new one.',
  },
  'computer-group-taken': {
    title: 'The name of the group is taken',
    detail: 'Another group of the account has this name. Use that one, or choose another name.',
  },
  'computer-limit-reached': {
    title: 'There is no room for so many computers',
    detail:
      'The limit named under `scope`, of the key or of the account’s server licenses, is reached. Nothing was changed.',
  },
  'computer-of-another-account': {
    title: 'A computer is of another account',
    detail: 'Groups and keys take computers of their own account alone.',
  },
  'license-taken': {
    title: 'A license runs on another computer',
    detail: 'A license of one of the computers was activated on another one meanwhile. Release it there first.',
  },
  'undo-expired': {
    title: 'The removal cannot be undone any more',
    detail: 'It could be for a day. Activate the computers again with their key.',
  },
  'support-there': {
    title: 'The license has support already',
    detail: 'Extend it: `POST /api/v1/support/{id}/extensions`.',
  },
  'too-many-api-keys': {
    title: 'There are too many API keys',
    detail: 'An account has at most 20 that work. Revoke one that is not used.',
  },
  'too-many-requests': { title: 'Too many requests', detail: 'Wait as many seconds as `Retry-After` says.' },
  'trial-too-long': { title: 'The trial is too long', detail: 'A trial of this product lasts at most `most` days.' },
  'trial-used': {
    title: 'The trial was had',
    detail: 'This product was tried before by this end customer or on this computer. It takes a permanent license.',
  },
  unauthorized: {
    title: 'A valid API key is needed',
    detail: 'Send `Authorization: Bearer ptk_…` with a key that was neither revoked nor has expired.',
  },
  'two-factor-off': {
    title: 'Two-factor is off',
    detail: 'The login has no second factor. Switch it on in the portal, under Settings.',
  },
  'two-factor-on': {
    title: 'Two-factor is on',
    detail: 'Switch it off first to set it up with another app.',
  },
  unavailable: {
    title: 'The portal cannot answer just now',
    detail: 'Try again after as many seconds as `Retry-After` says.',
  },
  'unknown-host': { title: 'This is not the portal’s address', detail: 'Use the address that the vendor gave you.' },
  'unsupported-media-type': {
    title: 'The body is of the wrong type',
    detail: 'Send the `Content-Type` named under `expected`.',
  },
  'wrong-code': {
    title: 'The code is wrong',
    detail: 'Type the code that the authenticator app shows now; each works once.',
  },
  'wrong-password': { title: 'The password is wrong', detail: 'Type the password you sign in with now.' },
  'version-mismatch': {
    title: 'Somebody changed it meanwhile',
    detail: 'Read it again, look at what changed, and send your change with the new `ETag`.',
  },
}
