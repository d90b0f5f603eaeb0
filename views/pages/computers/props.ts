import type { ComputerSummary, Machine } from '#src/domain/computers/computer.ts'
import type { ComputerFilter } from '#src/domain/computers/filter.ts'
import type { AccountChoice } from '../../components/account-choice.tsx'
import type { Pages } from '../../components/list-tools.tsx'

export type ComputerListProps = {
  readonly filter: ComputerFilter
  readonly rows: readonly ComputerSummary[]
  readonly pages: Pages
  /** Products that run somewhere, to narrow the list to. */
  readonly products: readonly { readonly code: string; readonly name: string }[]
  readonly groups: readonly { readonly id: string; readonly name: string }[]
  /** Sellers below, to narrow the list to one of them. */
  readonly accounts: readonly AccountChoice[]
  readonly showsOwner: boolean
  readonly machine: Machine
  readonly now: Date
  readonly may: { readonly edit: boolean }
}

/** What the URL says of the list, for links that change one thing of it. */
export const queryOf = ({ filter }: Pick<ComputerListProps, 'filter'>) => ({
  q: filter.q,
  product: filter.products.join(','),
  group: filter.group,
  key: filter.key,
  seen: filter.seen,
  from: filter.from,
  to: filter.to,
  account: filter.account,
  sort: filter.sort === 'name' ? '' : filter.sort,
})
