import type { KeyRow } from '#src/db/activation-keys.ts'
import { insertCreditEntry } from '#src/db/credits.ts'
import { insertLicenses, insertSupportPeriods, insertSupports } from '#src/db/license-issue.ts'
import type { LicenseRow } from '#src/db/licenses.ts'
import type { Write } from '#src/db/query.ts'
import { insertTrial } from '#src/db/trials.ts'
import { emailKey } from '#src/domain/accounts/identifier.ts'
import { sizeOf } from '#src/domain/catalog/offer.ts'
import { addDays, type Day, dayOf, lastDayOfYears } from '#src/domain/day.ts'
import type { Id } from '#src/domain/ids.ts'
import type { Assignable, Assignment, GivenProduct } from '#src/domain/licenses/assignment.ts'
import { serialFrom } from '#src/domain/licenses/serial.ts'
import { folded } from '#src/domain/text.ts'
import type { Deps } from '../deps.ts'
import { type By, record } from '../record.ts'

/** A license as it was assigned; plain data, as it is kept to be answered again. */
export type AssignedLicense = Pick<
  LicenseRow,
  | ('id' | 'accountId' | 'serial' | 'productCode' | 'productName' | 'unit' | 'editionCode' | 'editionName' | 'size')
  | ('kind' | 'boughtOn' | 'endsOn' | 'orderReference' | 'activationKey' | 'email' | 'comment')
  | ('supportId' | 'supportStartsOn' | 'supportEndsOn' | 'computerId' | 'computerName' | 'version')
> & { readonly createdAt: number }

/** What an assignment is decided on. */
export type AssignmentContext = {
  readonly accountId: Id<'account'>
  readonly by: By
  readonly key: KeyRow
  readonly product: GivenProduct
  readonly assignment: Assignment
  readonly needs: readonly (Assignable & { readonly quantity: number })[]
}

/** A new license on a key, and the statements that issue it, spend its credits and tell of it. */
export function issueAssigned(deps: Deps, context: AssignmentContext) {
  const { accountId, by, key, product, assignment } = context
  const { license: offer, size, term, email, comment } = assignment
  const now = deps.now()
  const boughtOn = dayOf(now)
  const row = {
    ...{ id: deps.newId('license'), accountId, serial: serialFrom(deps.random(10)), productCode: product.code },
    ...{ editionCode: offer.editionCode, size, kind: term.kind, boughtOn, email, comment },
    endsOn: term.kind === 'trial' ? addDays(boughtOn, term.days - 1) : null,
  }
  const support = startSupport(deps, context, row.id, row.serial)
  const { endsOn, kind } = row
  const license: AssignedLicense = {
    ...{ ...row, productName: product.name, unit: product.unit, editionName: offer.editionName },
    ...{ orderReference: null, activationKey: key.code, computerId: null, computerName: null },
    ...support.shown,
    version: support.shown.supportId ? 2 : 1,
    createdAt: now.getTime(),
  }
  const writes: Write[] = [
    ...insertLicenses([
      { ...row, emailKey: emailKey(email), commentKey: folded(comment), activationKeyId: key.id, createdAt: now },
    ]),
    ...(kind === 'trial' ? [trialHad(row, now)] : []),
    ...spendCredits(deps, context, row.id),
    record(deps, by, {
      action: 'license.created',
      accountId,
      subject: { kind: 'license', id: row.id, name: row.serial },
      after: {
        ...{ product: product.name, edition: offer.editionName, size: sizeOf(size), kind, email },
        ...{ ...(endsOn ? { endsOn } : {}), activationKey: key.name },
      },
    }),
    ...support.writes,
  ]
  return { license, writes }
}

const trialHad = (row: { productCode: string; email: string; id: Id<'license'> }, createdAt: Date): Write =>
  insertTrial({ productCode: row.productCode, subjectKey: emailKey(row.email), licenseId: row.id, createdAt })

/** Lines of the ledger for all that an assignment takes. */
export const spendCredits = (deps: Deps, { accountId, by, needs }: AssignmentContext, licenseId: Id<'license'>) =>
  needs.map(({ offerCode, quantity }) =>
    insertCreditEntry({
      ...{ id: deps.newId('creditEntry'), accountId, offerCode, amount: -quantity, reason: 'spent' },
      ...{ licenseId, actorId: by.id, createdAt: deps.now() },
    }),
  )

type Shown = { supportId: Id<'support'> | null; supportStartsOn: Day | null; supportEndsOn: Day | null }

/** Support from today for the years that are paid, and what the license shows of it. */
export function startSupport(
  deps: Deps,
  { accountId, by, assignment }: AssignmentContext,
  licenseId: Id<'license'>,
  serial: string,
): { shown: Shown; writes: Write[] } {
  if (!assignment.support) {
    return { shown: { supportId: null, supportStartsOn: null, supportEndsOn: null }, writes: [] }
  }
  const createdAt = deps.now()
  const startsOn = dayOf(createdAt)
  const endsOn = lastDayOfYears(startsOn, assignment.supportYears)
  const id = deps.newId('support')
  const writes = [
    ...insertSupports([{ id, licenseId, startsOn, endsOn, createdAt }]),
    ...insertSupportPeriods([
      { id: deps.newId('supportPeriod'), supportId: id, startsOn, endsOn, source: 'credit', createdAt },
    ]),
    record(deps, by, {
      action: 'support.started',
      accountId,
      subject: { kind: 'support', id, name: serial },
      after: { startsOn, endsOn },
    }),
  ]
  return { shown: { supportId: id, supportStartsOn: startsOn, supportEndsOn: endsOn }, writes }
}
