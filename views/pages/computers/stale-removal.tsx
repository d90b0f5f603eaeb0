import type { Machine } from '#src/domain/computers/computer.ts'
import type { FieldError } from '#src/domain/refusal.ts'
import { described, ErrorSummary, FieldProblem } from '../../components/error-summary.tsx'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths, withQuery } from '../../paths.ts'
import { counted } from '../../words.ts'

type Props = {
  frame: Frame
  machine: Machine
  /** What is set now; `null` never removes. */
  days: number | null
  products: readonly { readonly name: string; readonly staleAfterDays: number }[]
  draft: { readonly afterDays: string; readonly request: string; readonly errors: readonly FieldError[] }
}

/** What happens to machines that check in no more: shown as stale, and removed by the clock where that is wished. */
export const StaleRemovalPage = ({ frame, machine, days, products, draft }: Props) => (
  <Portal frame={frame} title={`Stale ${machine}s`} error={draft.errors.length > 0}>
    <nav aria-label="Breadcrumb">
      <a href={paths.computers}>{machine === 'server' ? 'Servers' : 'Computers'}</a> › Stale
    </nav>
    <h1>Stale {machine}s</h1>
    <ErrorSummary errors={draft.errors} />
    <section>
      <p>
        A {machine} is shown as <a href={withQuery(paths.computers, { seen: 'stale' })}>stale</a> when a product on it
        has not checked in for as long as the vendor sets.
      </p>
      {products.length > 0 && (
        <ul>
          {products.map(({ name, staleAfterDays }) => (
            <li>
              {name}: {counted(staleAfterDays, 'day')}
            </li>
          ))}
        </ul>
      )}
    </section>
    <section>
      <h2>Remove them by the clock</h2>
      <p>
        {days === null
          ? `No ${machine} is removed by itself.`
          : `A ${machine} that has not checked in for ${counted(days, 'day')} is removed. Each removal stands in the audit trail and can be undone for a day.`}
      </p>
      <form class="form" method="post" action={paths.staleRemoval} novalidate>
        <input type="hidden" name="request" value={draft.request} />
        <div>
          <label for="afterDays">Days without a check-in</label>
          <small id="afterDays-hint">7 to 3650; empty never removes</small>
          <FieldProblem errors={draft.errors} name="afterDays" />
          <input
            type="text"
            id="afterDays"
            name="afterDays"
            value={draft.afterDays}
            inputmode="numeric"
            size={6}
            autocomplete="off"
            {...described({ ...draft, name: 'afterDays' }, true)}
          />
        </div>
        <button type="submit">Save</button>
      </form>
      <p>
        <a href={paths.removals}>Removals of the last 30 days</a>
      </p>
    </section>
  </Portal>
)
