import { insertSupportPeriods, insertSupports } from '#src/db/license-issue.ts'
import type { Write } from '#src/db/query.ts'
import type { Deps } from '../deps.ts'
import { record } from '../record.ts'
import type { Acting, PaidItem } from './acting.ts'
import { licenseOf } from './term-writes.ts'

/** The days of support that a line of a paid quote pays for. */
export function supportWrites(deps: Deps, acting: Acting, { change, id: orderItemId }: PaidItem): Write[] {
  if (change.kind !== 'support') return []
  const { id: licenseId, serial, supportId } = licenseOf(acting, change)
  const { startsOn, endsOn } = change
  const createdAt = acting.now
  const id = supportId ?? deps.newId('support')
  return [
    ...(supportId ? [] : insertSupports([{ id, licenseId, startsOn, endsOn, createdAt }])),
    ...insertSupportPeriods([
      {
        ...{ id: deps.newId('supportPeriod'), supportId: id, startsOn, endsOn },
        ...{ source: 'order' as const, orderItemId, createdAt },
      },
    ]),
    record(deps, acting.by, {
      action: supportId ? 'support.extended' : 'support.started',
      accountId: acting.quote.accountId,
      subject: { kind: 'support', id, name: serial },
      after: { startsOn, endsOn, order: acting.payment.reference },
    }),
  ]
}
