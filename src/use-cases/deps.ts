import type { Connection } from '#src/db/connection.ts'
import type { Id, NewId } from '#src/domain/ids.ts'
import type { SandboxCheckout } from '#src/gateways/checkout/sandbox.ts'
import type { CheckoutGateway } from '#src/gateways/checkout.ts'
import type { LicenseKeys } from '#src/gateways/license-keys.ts'
import type { Mailer } from '#src/gateways/mail.ts'
import type { Passwords } from '#src/gateways/passwords.ts'
import type { Secrets } from '#src/gateways/secrets.ts'

/** What the vendor configured; nothing in it is secret. */
export type Settings = {
  /** Where people reach the portal, for links in letters: `https://portal.acme.example`. */
  readonly origin: string
  readonly vendorName: string
  readonly supportEmail: string
  /** How the shop's order numbers begin; shown as a hint and nothing else (Decision 2). */
  readonly orderPrefix: string
  /** Shows `/dev/mail` and admits `localhost`; never true in production. */
  readonly development: boolean
}

/** A fence that lets so many calls through in its window. */
export type Fence = (key: string) => Promise<boolean>

/** Cloudflare's queue, as far as letters need it: a message names rows of the outbox. */
export type LetterQueue = { send(message: { readonly letters: readonly Id<'letter'>[] }): Promise<unknown> }

/** Everything the product takes from outside: the database, time, chance, secrets, gateways. */
export type Deps = {
  readonly db: Connection
  readonly now: () => Date
  readonly newId: NewId
  readonly random: (bytes: number) => Uint8Array
  readonly settings: Settings
  readonly secrets: Secrets
  readonly passwords: Passwords
  /** What license files and answers to software are signed with. */
  readonly licenseKeys: LicenseKeys
  /** What providers sign their webhooks with; several while one is rotated. */
  readonly webhookSecrets: { readonly fastspring: readonly string[] }
  readonly mailer: Mailer
  /** Takes letters that were just written, to send them soon; `null` where no queue is bound. */
  readonly letterQueue: LetterQueue | null
  /** Where payments are made. */
  readonly checkout: CheckoutGateway
  /** The same where it is the sandbox shop, whose pages are the portal's own; else `null`. */
  readonly sandbox: SandboxCheckout | null
  readonly fences: { readonly api: Fence; readonly signIn: Fence; readonly software: Fence }
  /** The document of the JSON API, made at build time and kept out of the Worker. */
  readonly apiDocument: () => Promise<unknown>
  readonly log: (entry: Record<string, unknown>) => void
  /** Work that goes on after the answer has left. */
  readonly afterwards: (work: Promise<unknown>) => void
}
