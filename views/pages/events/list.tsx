import { eventActionNames, eventActions } from '#src/domain/events/actions.ts'
import type { EventSummary } from '#src/domain/events/event.ts'
import type { EventFilter } from '#src/domain/events/filter.ts'
import { Pager, type Pages } from '../../components/list-tools.tsx'
import { At } from '../../components/time.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths, withQuery } from '../../paths.ts'
import { counted } from '../../words.ts'

type ListProps = { readonly filter: EventFilter; readonly rows: readonly EventSummary[]; readonly pages: Pages }

const query = ({ filter }: Pick<ListProps, 'filter'>) => ({
  action: filter.action,
  subject: filter.subject,
  from: filter.from,
  to: filter.to,
})

/** The audit trail: who did what to which thing, before and after, when and from where. */
export const EventsPage = ({ frame, list }: { frame: Frame; list: ListProps }) => (
  <Portal frame={frame} title="Events">
    <header>
      <h1>Events</h1>
      <p class="soft">Everything that happened in this account. Lines are never changed or deleted.</p>
    </header>
    <form
      class="row"
      action={paths.events}
      {...hx({
        get: paths.events,
        target: '#list',
        swap: 'outerMorph',
        trigger: 'submit, change',
        sync: 'replace',
        replaceUrl: 'true',
        include: 'this',
      })}
    >
      <label class="field">
        What
        <select name="action">
          <option value="">Everything</option>
          {eventActions.map((action) => (
            <option value={action} selected={list.filter.action === action}>
              {eventActionNames[action]}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        From
        <input type="date" name="from" value={list.filter.from ?? ''} />
      </label>
      <label class="field">
        To
        <input type="date" name="to" value={list.filter.to ?? ''} />
      </label>
      {list.filter.subject && <input type="hidden" name="subject" value={list.filter.subject} />}
      <button type="submit">Filter</button>
    </form>
    <EventList {...list} />
  </Portal>
)

/** The list itself: what a filter or a page replaces. */
export const EventList = (props: ListProps) => {
  const { rows, pages } = props
  const narrowed = Object.values(query(props)).some(Boolean)
  return (
    <div id="list" {...hx({ boostBelow: 'swap:outerMorph target:#list' })}>
      {rows.length === 0 ? (
        <div class="card">
          <p id="count" role="status">
            {narrowed ? 'No event fits.' : 'Nothing happened yet.'}
          </p>
          {narrowed && (
            <p>
              <a href={paths.events}>Show all events</a>
            </p>
          )}
        </div>
      ) : (
        <table>
          <caption>
            <span id="count" role="status">
              {counted(rows.length, 'event')}
              {(pages.next || pages.previous) && ' on this page'}
            </span>
            , newest first ·{' '}
            <a href={withQuery(paths.eventsCsv, query(props))} download>
              Download CSV
            </a>
          </caption>
          <thead>
            <tr>
              <th scope="col">When (UTC)</th>
              <th scope="col">Who</th>
              <th scope="col">What</th>
              <th scope="col">Before and after</th>
              <th scope="col">From</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((event) => (
              <Row event={event} />
            ))}
          </tbody>
        </table>
      )}
      <Pager path={paths.events} query={query(props)} pages={pages} />
    </div>
  )
}

const Row = ({ event }: { event: EventSummary }) => (
  <tr>
    <td data-label="When">
      <At at={event.at} />
    </td>
    <td data-label="Who">{event.actorName}</td>
    <th scope="row" data-label="What">
      {eventActionNames[event.action]}
      <br />
      <small>
        <Subject event={event} />
      </small>
    </th>
    <td data-label="Before and after">
      <Change before={event.before} after={event.after} />
    </td>
    <td data-label="From">
      <span class="mono">{event.address}</span>
    </td>
  </tr>
)

const Subject = ({ event: { subjectKind, subjectId, subjectName } }: { event: EventSummary }) => {
  if (subjectKind === 'license') return <a href={paths.license(subjectId)}>{subjectName}</a>
  if (subjectKind === 'order') return <a href={paths.order(subjectName)}>{subjectName}</a>
  return <>{subjectName}</>
}

type Values = EventSummary['before']

const Change = ({ before, after }: { before: Values; after: Values }) => {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  if (names.length === 0) return <span class="soft">None</span>
  return (
    <>
      {names.map((name) => (
        <div>
          <span class="soft">{inWords(name)}:</span> {before && <del>{text(before[name])}</del>}{' '}
          {after && <ins>{text(after[name])}</ins>}
        </div>
      ))}
    </>
  )
}

/** The name of a field as people write it: `startsOn` is "starts on". */
const inWords = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

const text = (value: unknown): string =>
  value === null || value === undefined || value === ''
    ? '(nothing)'
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value)
