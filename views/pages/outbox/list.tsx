import { type LetterFilter, type LetterSummary, letterStates } from '#src/domain/outbox.ts'
import { Chip, Pager, type Pages } from '../../components/list-tools.tsx'
import { MailTrouble, type Trouble } from '../../components/mail-trouble.tsx'
import { At, Zone } from '../../components/time.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths, withQuery } from '../../paths.ts'
import { counted } from '../../words.ts'

export type OutboxListProps = {
  readonly filter: LetterFilter
  readonly rows: readonly LetterSummary[]
  readonly pages: Pages
}

const stateWords: Record<LetterSummary['state'], readonly [words: string, tone: string]> = {
  pending: ['Waits', 'due'],
  sending: ['Leaves now', 'soft'],
  sent: ['Sent', 'good'],
  dead: ['Given up', 'bad'],
}

/** The letters that the portal writes: which have left, which wait, which were given up. */
export const OutboxPage = ({
  frame,
  list,
  trouble,
}: {
  frame: Frame
  list: OutboxListProps
  trouble: Trouble | undefined
}) => (
  <Portal frame={frame} title="Outbox">
    <header>
      <h1>Outbox</h1>
      <p>
        Letters of the portal. One that the mail provider does not take is tried again for a day, then given up; you are
        told. What a letter says is not shown: it may hold a link for its reader alone.
      </p>
    </header>
    <MailTrouble trouble={trouble} />
    <OutboxList {...list} />
  </Portal>
)

/** What a change of the filter replaces. */
export const OutboxList = ({ filter, rows, pages }: OutboxListProps) => (
  <div id="list" {...hx({ boostBelow: 'swap:outerMorph target:#list select:#list' })}>
    <nav class="chips" aria-label="Filters">
      {letterStates.map((state) => (
        <Chip
          on={filter.state === state}
          href={withQuery(paths.outbox, { state: filter.state === state ? null : state })}
        >
          {stateWords[state][0]}
        </Chip>
      ))}
    </nav>
    {rows.length === 0 ? (
      <p class="note">No such letter. {filter.state && <a href={paths.outbox}>Show all letters</a>}</p>
    ) : (
      <Table rows={rows} />
    )}
    <Pager path={paths.outbox} query={{ state: filter.state }} pages={pages} />
  </div>
)

const Table = ({ rows }: Pick<OutboxListProps, 'rows'>) => (
  <table>
    <caption class="hide">Letters, the newest first</caption>
    <thead>
      <tr>
        <th scope="col">Letter</th>
        <th scope="col">To</th>
        <th scope="col">
          Written (<Zone />)
        </th>
        <th scope="col">State</th>
      </tr>
    </thead>
    <tbody>
      {rows.map((letter) => (
        <tr>
          <th scope="row" data-label="Letter">
            <a href={paths.outboxLetter(letter.id)}>
              {letterName(letter)}
              <span class="hide"> to {letter.recipient}</span>
            </a>
          </th>
          <td data-label="To" class="any">
            {letter.recipient}
          </td>
          <td data-label="Written">
            <At at={letter.createdAt} />
          </td>
          <td data-label="State">
            <LetterState letter={letter} />
          </td>
        </tr>
      ))}
    </tbody>
  </table>
)

/** `sign-in-link` is called `Sign in link`. */
export const letterName = ({ template }: Pick<LetterSummary, 'template'>): string => {
  const words = template.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** The state of a letter in words. */
export const LetterState = ({ letter: { state, attempts } }: { letter: LetterSummary }) => {
  const [words, tone] = stateWords[state]
  return (
    <>
      <span class={tone}>{words}</span>
      {state !== 'sent' && attempts > 0 && <span class="soft">, {counted(attempts, 'attempt')}</span>}
    </>
  )
}
