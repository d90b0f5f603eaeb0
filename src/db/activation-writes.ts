import { and, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import { addressKey } from '#src/domain/address.ts'
import type { Id } from '#src/domain/ids.ts'
import { trialSubject } from './license-choice.ts'
import { build, type Write, write } from './query.ts'
import { activations, computers } from './schema/computers.ts'
import { licenses } from './schema/licenses.ts'
import { trials } from './schema/sellers.ts'

export type NewComputer = typeof computers.$inferInsert
export type NewActivation = Omit<typeof activations.$inferInsert, 'computerId' | 'licenseId'>

/**
 * Registers a computer, or notes what it tells now where it is known by its fingerprint. A name that somebody gave it on
 * a page stays; one that was gone is registered anew.
 */
export const upsertComputer = (row: NewComputer): Write =>
  write(
    build
      .insert(computers)
      .values(row)
      .onConflictDoUpdate({
        target: [computers.accountId, computers.fingerprint],
        set: {
          name: sql`iif(${computers.name} = ${computers.hostname} or ${computers.removedAt} is not null, excluded.name, ${computers.name})`,
          hostname: sql`excluded.hostname`,
          ip: sql`excluded.ip`,
          ipKey: sql`excluded.ip_key`,
          registeredAt: sql`iif(${computers.removedAt} is null, ${computers.registeredAt}, excluded.registered_at)`,
          lastCheckInAt: sql`iif(${computers.removedAt} is null, ${computers.lastCheckInAt}, null)`,
          version: sql`${computers.version} + 1`,
        },
      }),
  )

type Seen = { readonly hostname: string; readonly ip: string; readonly at: Date }

/** Notes on the computer that software checked in, from where and under which name; a name that somebody gave stays. */
export const checkInComputer = (id: Id<'computer'>, { hostname, ip, at }: Seen): Write =>
  write(
    build
      .update(computers)
      .set({
        name: sql`iif(${computers.name} = ${computers.hostname}, ${hostname}, ${computers.name})`,
        hostname,
        ip,
        ipKey: addressKey(ip),
        lastCheckInAt: at,
      })
      .where(eq(computers.id, id)),
  )

/** The id of the computer with a fingerprint, as it is within the batch. */
export const computerBy = (accountId: Id<'account'>, fingerprint: string): SQL =>
  sql`(select id from ${computers} where ${computers.accountId} = ${accountId} and ${computers.fingerprint} = ${fingerprint})`

/** Activates a product on a computer for the first time; does nothing where somebody was faster: `expectOne` tells. */
export const insertActivation = (row: NewActivation, fingerprint: string, license: SQL | null): Write =>
  write(
    build
      .insert(activations)
      .values({
        ...row,
        computerId: computerBy(row.accountId, fingerprint) as never,
        licenseId: license as never,
      })
      .onConflictDoNothing({ target: [activations.computerId, activations.productCode] }),
  )

type Was = { readonly id: Id<'activation'>; readonly generation: number; readonly licenseId: Id<'license'> | null }

/** Activates a released one anew, with another token. Stands before `expectOne`. */
export const returnActivation = (
  was: Was,
  to: Pick<NewActivation, 'keyId' | 'tokenHash' | 'installed' | 'activatedAt'>,
  license: SQL | null,
): Write =>
  write(
    build
      .update(activations)
      .set({
        ...to,
        licenseId: license as never,
        generation: was.generation + 1,
        lastCheckInAt: null,
        releasedAt: null,
        removalId: null,
      })
      .where(
        and(eq(activations.id, was.id), eq(activations.generation, was.generation), isNotNull(activations.releasedAt)),
      ),
  )

/** Puts an active one on another key, another license, or both. Stands before `expectOne`. */
export const moveActivation = (
  was: Was,
  to: Pick<NewActivation, 'keyId' | 'tokenHash' | 'installed'>,
  license: SQL | null,
): Write =>
  write(
    build
      .update(activations)
      .set({ ...to, licenseId: license as never })
      .where(
        and(
          eq(activations.id, was.id),
          eq(activations.generation, was.generation),
          sql`${activations.licenseId} is ${was.licenseId}`,
          isNull(activations.releasedAt),
        ),
      ),
  )

/** Keeps what an active one tells; its token's hash too, should the key that makes tokens have changed. */
export const updateInstalled = (
  was: Was,
  { installed, tokenHash }: Pick<NewActivation, 'installed' | 'tokenHash'>,
): Write =>
  write(
    build
      .update(activations)
      .set({ installed, tokenHash })
      .where(
        and(eq(activations.id, was.id), eq(activations.generation, was.generation), isNull(activations.releasedAt)),
      ),
  )

/** Whether an activation runs on a license: aborts a batch in which none was free. */
export const isLicensed = (id: Id<'activation'>): SQL =>
  sql`(select ${activations.licenseId} from ${activations} where ${activations.id} = ${id}) is not null`

/** Notes that the computer had the trial that it is on, if it is on one (Decision 8). */
export function insertTrialOf(id: Id<'activation'>, fingerprint: string, at: Date): Write {
  const had = build
    .select({
      productCode: licenses.productCode,
      subjectKey: sql`${trialSubject(fingerprint)}`.as('subject_key'),
      licenseId: licenses.id,
      createdAt: sql`${at.getTime()}`.as('created_at'),
    })
    .from(licenses)
    .where(and(sql`${licenses.id} = (select license_id from activations where id = ${id})`, eq(licenses.kind, 'trial')))
  return write(
    build
      .insert(trials)
      .select(had as never)
      .onConflictDoNothing(),
  )
}

/** Whether a key still activates, for whoever read it a moment ago. */
export const keyActivates = (id: Id<'activationKey'>): SQL =>
  sql`exists (select 1 from activation_keys where id = ${id} and removed_at is null)`
