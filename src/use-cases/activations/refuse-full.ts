import type { AskedKey } from '#src/db/asked-keys.ts'
import { type FullScope, findCounts, listComputersInUse } from '#src/db/computers-in-use.ts'
import { read } from '#src/db/query.ts'
import { refuse } from '#src/domain/refusal.ts'
import type { Deps } from '../deps.ts'

/** Says `server-limit-reached` with the figures and the computers in use, as they are now (R303). */
export async function refuseFull(deps: Deps, scope: FullScope, key: AskedKey): Promise<never> {
  const place = { key: key.id, account: key.accountId, product: key.product?.code ?? '' }
  const [[counts], computers] = await read(deps.db, [findCounts(place), listComputersInUse(scope, place)])
  const used = counts?.[scope] ?? 0
  const limit = { key: counts?.keyLimit, account: counts?.accountLimit, licenses: used }[scope] ?? used
  return refuse({
    code: 'server-limit-reached',
    limit,
    used,
    computers: computers.map(({ id, name, lastCheckInAt }) => ({
      id,
      name,
      lastCheckInAt: lastCheckInAt === null ? null : new Date(lastCheckInAt).toISOString(),
    })),
  })
}
