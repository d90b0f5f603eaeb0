/** A letter ready to leave: always text and HTML. */
export type Letter = {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
  /** Headers of its own, such as `List-Unsubscribe`. */
  readonly headers?: Readonly<Record<string, string>>
  readonly attachments?: readonly Attachment[]
}

/** A file that goes along; text in UTF-8. */
export type Attachment = { readonly filename: string; readonly type: string; readonly text: string }

/**
 * What the provider said of a letter. `again` may work later, not before `waitMs` where it says so; `isBusy` where it says so
 * of all letters. `never` will not.
 */
export type Posting =
  | { outcome: 'sent'; providerId: string }
  | { outcome: 'again'; error: string; waitMs?: number; isBusy?: boolean }
  | { outcome: 'never'; error: string }

/** Sends one letter. `once` is the outbox row's id: a provider that saw it before must not send it twice. */
export type Mailer = { send(letter: Letter, once: string): Promise<Posting> }
