export const letterStates = ['pending', 'sending', 'sent', 'dead'] as const
export type LetterState = (typeof letterStates)[number]

/** The letters there are; a row of the outbox holds one's template and parameters and is rendered when sent. */
export const letterTemplates = ['order', 'new-device', 'sign-in-link', 'unknown-item', 'sign-in-alarm'] as const
export type LetterTemplate = (typeof letterTemplates)[number]
