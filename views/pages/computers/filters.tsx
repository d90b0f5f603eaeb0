import type { SeenFilter } from '#src/domain/computers/filter.ts'
import { Chip } from '../../components/list-tools.tsx'
import { paths, withQuery } from '../../paths.ts'
import { counted } from '../../words.ts'
import { type ComputerListProps, queryOf } from './props.ts'

const presets: readonly SeenFilter[] = ['within-24h', 'older-7', 'older-30', 'stale', 'never']

/** A filter by the last check-in in words. */
function seenInWords(seen: SeenFilter): string {
  if (seen === 'never') return 'Never checked in'
  if (seen === 'stale') return 'Stale'
  const [, side, count, unit] = /^(older|within)-(\d+)(h?)$/.exec(seen) ?? []
  const time = counted(Number(count), unit === 'h' ? 'hour' : 'day')
  return side === 'within' ? `Checked in within ${time}` : `Not for ${time}`
}

/** What narrows the list: products, several at once, and the last check-in; whatever else does, to be taken away. */
export const ComputerFilters = (props: ComputerListProps) => {
  const { filter, products } = props
  const query = queryOf(props)
  const href = (change: Partial<typeof query>) => withQuery(paths.computers, { ...query, ...change })
  const toggled = (code: string) =>
    filter.products.includes(code) ? filter.products.filter((one) => one !== code) : [...filter.products, code]
  const seen = filter.seen !== null && !presets.includes(filter.seen) ? [...presets, filter.seen] : presets
  return (
    <p class="chips">
      {products.map(({ code, name }) => (
        <Chip href={href({ product: toggled(code).join(',') })} on={filter.products.includes(code)}>
          {name}
        </Chip>
      ))}
      {seen.map((one) => (
        <Chip
          href={href({ seen: filter.seen === one ? '' : (one as string) } as Partial<typeof query>)}
          on={filter.seen === one}
        >
          {seenInWords(one)}
        </Chip>
      ))}
      {othersOf(props).map(({ words, change }) => (
        <Chip href={href(change)} on>
          {words}
        </Chip>
      ))}
    </p>
  )
}

type Other = { readonly words: string; readonly change: Partial<ReturnType<typeof queryOf>> }

/** What narrows the list and has no chip of its own. */
function othersOf({ filter, rows, groups }: ComputerListProps): Other[] {
  const [row] = rows
  const { group, key, from, to, account } = filter
  const used = row?.products.find((one) => one.keyId === key || one.key === key)
  const named = groups.find(({ id }) => id === group)?.name ?? row?.groupName ?? group
  return [
    ...(group === null
      ? []
      : [{ words: group === 'none' ? 'Without a group' : `Group ${named}`, change: { group: '' } }]),
    ...(key === null ? [] : [{ words: `Key ${used?.key ?? key}`, change: { key: '' } }]),
    ...(from === null && to === null ? [] : [{ words: rangeInWords(from, to), change: { from: null, to: null } }]),
    ...(account === null ? [] : [{ words: row?.accountName ?? account, change: { account: '' } }]),
  ]
}

function rangeInWords(from: string | null, to: string | null): string {
  if (from === to) return `Registered on ${from}`
  if (from === null) return `Registered until ${to}`
  return to === null ? `Registered since ${from}` : `Registered ${from} to ${to}`
}
