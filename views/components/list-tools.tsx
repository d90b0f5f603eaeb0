import type { Child } from 'hono/jsx'
import { hx } from '../hx.ts'
import { withQuery } from '../paths.ts'

type Query = Record<string, string | number | null | undefined>

/** A filter that is a link: pressed it narrows the list, pressed again it widens it. */
export const Chip = ({ href, on, children }: { href: string; on: boolean; children: Child }) => (
  <a href={href} {...(on ? { 'aria-current': 'true' } : {})}>
    {children}
    {on && (
      <>
        {' '}
        <span aria-hidden="true">×</span>
        <span class="hide">, remove filter</span>
      </>
    )}
  </a>
)

/** The search form of a list; it keeps what else narrows the list. */
export const Search = ({
  path,
  q,
  label,
  keep,
  children,
}: {
  path: string
  q: string
  label: string
  keep: Query
  /** More fields that narrow the list. */
  children?: Child
}) => (
  // biome-ignore lint/a11y/useSemanticElements: <search> is unknown to browsers of five years ago
  <form
    class="row"
    role="search"
    action={path}
    {...hx({
      get: path,
      target: '#list',
      swap: 'outerMorph',
      trigger: 'submit, input changed delay:250ms',
      sync: 'replace',
      replaceUrl: 'true',
      include: 'this',
    })}
  >
    {Object.entries(keep).map(
      ([name, value]) =>
        value !== null &&
        value !== undefined &&
        value !== '' && <input type="hidden" name={name} value={String(value)} />,
    )}
    <input type="search" name="q" value={q} aria-label={label} placeholder={label} maxlength={100} autocomplete="off" />
    {children}
    <button type="submit">Search</button>
  </form>
)

/** A column's head that sorts by it; a second press turns the order round. */
export const SortHead = (props: {
  path: string
  query: Query
  sort: string
  by: string
  first: string
  children: Child
}) => {
  const { path, query, sort, by, first, children } = props
  const on = sort.replace('-', '') === by
  const other = sort.startsWith('-') ? by : `-${by}`
  const order = sort.startsWith('-') ? 'descending' : 'ascending'
  return (
    <th class="sort" scope="col" {...(on ? { 'aria-sort': order } : {})}>
      <a href={withQuery(path, { ...query, sort: on ? other : first })}>{children}</a>
      {on && <span aria-hidden="true"> {sort.startsWith('-') ? '↓' : '↑'}</span>}
    </th>
  )
}

export type Pages = {
  readonly page: number
  /** Cursors of the pages beside this one; `null` where there is none. */
  readonly previous: string | null
  readonly next: string | null
}

/** Previous, the page's number, next. There is no total: nobody counts a million rows. */
export const Pager = ({ path, query, pages }: { path: string; query: Query; pages: Pages }) => {
  const { page, previous, next } = pages
  if (!previous && !next) return null
  return (
    <nav class="row" aria-label="Pages">
      {previous && (
        <a
          class="button"
          rel="prev"
          href={withQuery(path, { ...query, ...(page > 2 ? { cursor: previous, page: page - 1 } : {}) })}
        >
          Previous
        </a>
      )}
      <span aria-current="page">
        <span class="hide">Page </span>
        {page}
      </span>
      {next && (
        <a class="button" rel="next" href={withQuery(path, { ...query, cursor: next, page: page + 1 })}>
          Next
        </a>
      )}
    </nav>
  )
}
