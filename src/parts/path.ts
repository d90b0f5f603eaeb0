/** The parts of the portal that are known by the path alone, whatever the method. Any other path is for front or back. */
const ofPart = {
  /** Where installed software calls. */
  machines: /^\/api\/v1\/(validations|activations)(\/|$)/,
  /** Where things are chosen, quoted and paid, and where the provider tells of it. */
  shop: /^(\/api\/v1)?\/(catalog|offers|cart|quotes|checkouts|payments|sandbox-shop|admin\/payments|webhooks)([./]|$)/,
  /** Where prepaid balances and invoices are. */
  billing: /^(\/api\/v1)?\/(billing|invoices)([./]|$)/,
  /** What the clock does and tells: reports, warnings, and the vendor's pages about jobs and letters. */
  reports: /^(\/api\/v1)?\/(reports|warnings|digests|jobs|outbox|settings\/warnings|admin\/(jobs|outbox))([./]|$)/,
  /** Who people are and how they prove it: registration, settings, logins, keys for scripts, mailed links. */
  people:
    /^(\/api\/v1)?\/(account|api-keys|email-changes|logins|sessions|registrations|register|settings|password-resets|links|admin\/logins)([./]|$)/,
} as const

export type PartName = keyof typeof ofPart

/** The names of all of them, the first that takes a path is the one it belongs to. */
export const partNames = Object.keys(ofPart) as readonly PartName[]

/** Which part a path belongs to; none for front and back. */
export const partAt = (path: string): PartName | undefined => partNames.find((name) => ofPart[name].test(path))
