import { buildOpenapi } from '#dev/build-openapi.ts'
import type { Connection } from '#src/db/connection.ts'
import { idPrefixes, type NewId } from '#src/domain/ids.ts'
import { type SandboxCheckout, sandboxCheckout } from '#src/gateways/checkout/sandbox.ts'
import { makeLicenseKeys } from '#src/gateways/license-keys.ts'
import type { Letter } from '#src/gateways/mail.ts'
import { scryptPasswords } from '#src/gateways/passwords.ts'
import { makeSecrets } from '#src/gateways/secrets.ts'
import type { Deps, Settings } from '#src/use-cases/deps.ts'

/** When every test begins, unless it says otherwise. */
export const testNow = new Date('2026-08-21T09:30:00.000Z')

export const testSettings: Settings = {
  origin: 'https://portal.acme.example',
  vendorName: 'Acme Software',
  supportEmail: 'support@acme.example',
  orderPrefix: 'JWT',
  development: false,
}

/** `Deps` as a test wants them: nothing but the mailer is imitated, and what went out can be looked at. */
export type TestDeps = Deps & {
  /** Letters the mailer was given, oldest first, each with the outbox row's id. */
  readonly letters: (Letter & { once: string })[]
  /** What was logged, oldest first. */
  readonly logs: Record<string, unknown>[]
  /** Where the sandbox shop posts its webhooks; a portal of a test sets its own app here. */
  readonly wire: { post: typeof fetch; later: () => Promise<void> }
  /** A clock that stands still until it is moved. */
  readonly clock: { at: Date; forward(ms: number): void }
  /** Waits for what goes on after the answer, and for what that starts in turn. Rejects when some of it did. */
  settled(): Promise<void>
}

let ids = 0
let seed = 0x9e3779b9

/** Ids that sort by age and never meet those of another `testDeps` of the same file. */
export const testId: NewId = (kind) => `${idPrefixes[kind]}_${String(++ids).padStart(22, '0')}` as never

/** Random-looking bytes, the same in every run of a file. */
const testRandom = (bytes: number): Uint8Array => Uint8Array.from({ length: bytes }, nextByte)

function nextByte(): number {
  seed ^= seed << 13
  seed ^= seed >>> 17
  seed ^= seed << 5
  return (seed >>> 8) & 0xff
}

const testSecrets = makeSecrets([{ id: 'test', secret: new Uint8Array(32).fill(7) }], new Uint8Array(32).fill(8))
const testLicenseKeys = makeLicenseKeys([{ id: 'test', seed: new Uint8Array(32).fill(9) }])
const testPasswords = scryptPasswords('pepper', 2)
const open = async () => true

/** Everything the product takes from outside, for a test over a database. `overrides` replace what they name. */
export function testDeps(db: Connection, overrides: Partial<Deps> = {}): TestDeps {
  const letters: TestDeps['letters'] = []
  const logs: TestDeps['logs'] = []
  const working: Promise<unknown>[] = []
  const wire: TestDeps['wire'] = {
    post: async () => new Response('Nobody listens', { status: 503 }),
    later: async () => {},
  }
  const sandbox: SandboxCheckout = sandboxCheckout(
    { origin: testSettings.origin, secret: 'portico-demo', random: testRandom, later: () => wire.later() },
    (url, init) => wire.post(url, init),
  )
  const clock: TestDeps['clock'] = {
    at: testNow,
    forward(ms) {
      clock.at = new Date(clock.at.getTime() + ms)
    },
  }
  return {
    now: () => clock.at,
    newId: testId,
    random: testRandom,
    settings: testSettings,
    secrets: testSecrets,
    passwords: testPasswords,
    licenseKeys: testLicenseKeys,
    mailer: {
      async send(letter, once) {
        letters.push({ ...letter, once })
        return { outcome: 'sent', providerId: `test-${letters.length}` }
      },
    },
    letterQueue: null,
    apiDocument: async () => buildOpenapi(),
    webhookSecrets: { fastspring: ['portico-demo'] },
    checkout: sandbox,
    sandbox,
    wire,
    fences: { api: open, signIn: open, software: open },
    log: (entry) => {
      logs.push(entry)
    },
    afterwards: (work) => {
      work.catch(() => {})
      working.push(work)
    },
    db,
    ...overrides,
    letters,
    logs,
    clock,
    async settled() {
      while (working.length > 0) await Promise.all(working.splice(0))
    },
  }
}

/** Holds what the sandbox shop tells late until the answer is called. */
export function holdWord({ deps }: { readonly deps: Pick<TestDeps, 'wire'> }): () => void {
  const { promise, resolve } = Promise.withResolvers<void>()
  deps.wire.later = () => promise
  return resolve
}
