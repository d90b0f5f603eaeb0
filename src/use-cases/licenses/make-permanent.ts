import { expectOne } from '#src/db/expect.ts'
import { updateToPermanent } from '#src/db/key-licenses.ts'
import type { findLicense } from '#src/db/licenses.ts'
import { sizeOf } from '#src/domain/catalog/offer.ts'
import { refuse } from '#src/domain/refusal.ts'
import type { Deps } from '../deps.ts'
import { record } from '../record.ts'
import { type AssignedLicense, type AssignmentContext, spendCredits, startSupport } from './issue-assigned.ts'

type Trial = ReturnType<ReturnType<typeof findLicense>['rows']>[number]

/**
 * The statements that make a trial permanent in the edition and size that were chosen. Refuses `not-found` for a license
 * of another key or product, `version-mismatch` where it is no trial any more, `support-there` where support is wanted
 * and stands already.
 */
export function makePermanent(deps: Deps, context: AssignmentContext, trial: Trial) {
  const { accountId, by, key, product, assignment } = context
  const { id, serial, version } = trial
  if (trial.activationKeyId !== key.id || trial.productCode !== product.code) refuse({ code: 'not-found' })
  if (trial.kind !== 'trial') refuse({ code: 'version-mismatch' })
  if (assignment.support && trial.supportId) refuse({ code: 'support-there' })
  const { size, license: offer } = assignment
  const { editionCode, editionName } = offer
  const support = startSupport(deps, context, id, serial)
  const license: AssignedLicense = {
    ...{ ...trial, kind: 'permanent' as const, endsOn: null, editionCode, editionName, size },
    ...(support.shown.supportId ? support.shown : {}),
    version: version + (support.shown.supportId ? 2 : 1),
    createdAt: trial.createdAt.getTime(),
  }
  const writes = [
    updateToPermanent(id, version, { editionCode, size }),
    expectOne('version-mismatch'),
    ...spendCredits(deps, context, id),
    record(deps, by, {
      action: 'license.made-permanent',
      accountId,
      subject: { kind: 'license', id, name: serial },
      before: { edition: trial.editionName, size: sizeOf(trial.size), endsOn: trial.endsOn },
      after: { edition: editionName, size: sizeOf(size) },
    }),
    ...support.writes,
  ]
  return { license, writes }
}
