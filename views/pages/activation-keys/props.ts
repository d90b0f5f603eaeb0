import type { ActivationKeySummary } from '#src/domain/activation-keys/activation-key.ts'
import type { ActivationKeyFilter } from '#src/domain/activation-keys/filter.ts'
import type { Day } from '#src/domain/day.ts'
import type { Pages } from '../../components/list-tools.tsx'

/** The product whose keys are listed, with what the account owns and uses of it, and its default key. */
export type ListedProduct = {
  readonly code: string
  readonly name: string
  /** Null: no limit. */
  readonly serverLicenses: number | null
  readonly activeServers: number
  readonly defaultKey: { readonly id: string; readonly code: string } | null
}

export type KeyListProps = {
  readonly filter: ActivationKeyFilter
  readonly rows: readonly ActivationKeySummary[]
  readonly pages: Pages
  readonly today: Day
  /** License types that the account has. */
  readonly types: readonly { readonly code: string; readonly name: string }[]
  /** The product for servers that the list is of. */
  readonly product: ListedProduct | null
  /** Whether the reader has keys for servers, not for licenses that they assign. */
  readonly ofServers: boolean
  /** Makes the button that generates a key, pressed twice, one act. */
  readonly request: string
  readonly may: { readonly create: boolean; readonly remove: boolean }
}

/** What the URL says of the list, for links that change one thing of it. */
export const queryOf = ({ filter }: Pick<KeyListProps, 'filter'>) => ({
  q: filter.q,
  product: filter.product,
  limit: filter.limit,
  sort: filter.sort === '-made' ? '' : filter.sort,
})
