/** What a mailed one-time link does once its page's form is sent. */
export const linkPurposes = [
  'sign-in',
  'set-password',
  'accept-invitation',
  'release-computer',
  'confirm-email',
  'unsubscribe',
] as const
