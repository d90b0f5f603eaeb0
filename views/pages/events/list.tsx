import { eventActionNames, eventActions } from '#src/domain/events/actions.ts'
import type { EventSummary } from '#src/domain/events/event.ts'
import type { EventFilter } from '#src/domain/events/filter.ts'
import { Chip, Pager, type Pages } from '../../components/list-tools.tsx'
import { At, Zone } from '../../components/time.tsx'
import { changesOf } from '../../event-words.ts'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths, withQuery } from '../../paths.ts'
import { counted, zoneInWords } from '../../words.ts'

/** Somebody whose acts the list can be narrowed to. */
export type Doer = { readonly id: string; readonly name: string }

type ListProps = { readonly filter: EventFilter; readonly rows: readonly EventSummary[]; readonly pages: Pages }

const query = ({ filter }: Pick<ListProps, 'filter'>) => ({
  actor: filter.actor,
  action: filter.action,
  subject: filter.subject,
  from: filter.from,
  to: filter.to,
})

/** The audit trail: who did what to which thing, before and after, when and from where. */
export const EventsPage = ({ frame, list, doers }: { frame: Frame; list: ListProps; doers: readonly Doer[] }) => (
  <Portal frame={frame} title="Events">
    <header>
      <h1>Events</h1>
      <p class="soft">
        What happened in this account, as far as your role shows it. Lines are never changed or deleted.
      </p>
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
        Who
        <select name="actor">
          <option value="">Everybody</option>
          {withActor(doers, list).map(({ id, name }) => (
            <option value={id} selected={list.filter.actor === id}>
              {name}
            </option>
          ))}
        </select>
      </label>
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
        From{ofUtc()}
        <input type="date" name="from" value={list.filter.from ?? ''} />
      </label>
      <label class="field">
        To{ofUtc()}
        <input type="date" name="to" value={list.filter.to ?? ''} />
      </label>
      {list.filter.subject && <input type="hidden" name="subject" value={list.filter.subject} />}
      <button type="submit">Filter</button>
    </form>
    <EventList {...list} />
  </Portal>
)

/** The days of the filter are everybody's; whoever reads times of a zone of their own is told so. */
const ofUtc = (): string => (zoneInWords() === 'UTC' ? '' : ', day in UTC')

/** The choice holds whoever is chosen, who may be of an account below. */
function withActor(doers: readonly Doer[], { filter: { actor }, rows }: ListProps): readonly Doer[] {
  if (actor === null || doers.some(({ id }) => id === actor)) return doers
  return [...doers, { id: actor, name: rows[0]?.actorName ?? actor }]
}

/** The list itself: what a filter or a page replaces. */
export const EventList = (props: ListProps) => {
  const { rows, pages } = props
  const narrowed = Object.values(query(props)).some(Boolean)
  return (
    <div id="list" {...hx({ boostBelow: 'swap:outerMorph target:#list' })}>
      {props.filter.subject && (
        <p class="chips">
          <Chip href={withQuery(paths.events, { ...query(props), subject: null })} on>
            Only {rows[0]?.subjectName ?? props.filter.subject}
          </Chip>
        </p>
      )}
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
              <th scope="col">
                When (<Zone />)
              </th>
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
    <td data-label="Who">
      <a href={withQuery(paths.events, { actor: event.actorId })}>{event.actorName}</a>
    </td>
    <th scope="row" data-label="What">
      {eventActionNames[event.action]}
      <br />
      <small>
        <Subject event={event} /> ·{' '}
        <a href={withQuery(paths.events, { subject: event.subjectId })}>
          History<span class="hide"> of {event.subjectName}</span>
        </a>
      </small>
    </th>
    <td class="any" data-label="Before and after">
      <Change event={event} />
    </td>
    <td data-label="From">
      <span class="mono">{event.address}</span>
    </td>
  </tr>
)

const Subject = ({ event: { subjectKind, subjectId, subjectName } }: { event: EventSummary }) => {
  if (subjectKind === 'license') return <a href={paths.license(subjectId)}>{subjectName}</a>
  if (subjectKind === 'computer') return <a href={paths.computer(subjectId)}>{subjectName}</a>
  if (subjectKind === 'order') return <a href={paths.order(subjectName)}>{subjectName}</a>
  return <>{subjectName}</>
}

const Change = ({ event: { before, after } }: { event: EventSummary }) => {
  const changes = changesOf(before, after)
  if (changes.length === 0) return <span class="soft">None</span>
  return (
    <>
      {changes.map((change) => (
        <div>
          <span class="soft">{change.name}:</span> {change.before !== null && <del>{change.before}</del>}{' '}
          {change.after !== null && <ins>{change.after}</ins>}
        </div>
      ))}
    </>
  )
}
