import { costSpans } from '#src/domain/billing/costs.ts'
import { spanOf, type ToldReport } from '#src/domain/reports/told-report.ts'
import { paths, withQuery } from '#views/paths.ts'

/** Where what a report tells stands as a list of the portal, narrowed as far as that list can be. */
export function listOf(report: Pick<ToldReport, 'kind' | 'productCode' | 'leadDays' | 'today'>): string {
  const { kind, productCode: product, leadDays } = report
  const { since, until } = spanOf(report)
  switch (kind) {
    case 'support-ends':
      return withQuery(paths.support, { product, from: since, to: until })
    case 'license-ends':
      return withQuery(paths.licenses, { only: 'trial', product })
    case 'subscription-ends':
      return withQuery(paths.subscriptions, { state: 'canceled' })
    case 'stale-computers':
      return withQuery(paths.computers, { product, seen: `older-${leadDays}` })
    case 'low-credits':
      return paths.credits
    case 'costs':
      return withQuery(paths.costs, { months: costSpans.find((months) => months * 28 > leadDays) ?? costSpans.at(-1) })
  }
}
