/** A letter ready to leave: always text and HTML. */
export type Letter = {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** What the provider said of a letter. `again` may work later, `never` will not. */
export type Posting =
  | { outcome: 'sent'; providerId: string }
  | { outcome: 'again'; error: string }
  | { outcome: 'never'; error: string }

/** Sends one letter. `once` is the outbox row's id: a provider that saw it before must not send it twice. */
export type Mailer = { send(letter: Letter, once: string): Promise<Posting> }
