import { type ReportAct, reportNames } from '#src/domain/reports/report.ts'
import { scheduleWords } from '#src/domain/reports/timing.ts'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'
import { counted } from '../../words.ts'
import type { ReportView } from './list.tsx'

type Props = { frame: Frame; act: ReportAct; reports: readonly ReportView[]; request: string }

const verbs: Record<ReportAct, string> = { remove: 'Remove', pause: 'Pause', resume: 'Switch on' }

const whatHappens: Record<ReportAct, string> = {
  remove: 'Nobody gets more of these reports, and their runs are forgotten.',
  pause: 'Nothing of these reports is sent before they are switched on again; what was due meanwhile is left out.',
  resume: 'These reports go out again from the next time that they are due.',
}

/** Names the reports that were marked, before something happens to all of them. */
export const BulkReportsPage = ({ frame, act, reports, request }: Props) => (
  <Portal frame={frame} title={`${verbs[act]} reports`}>
    <nav aria-label="Breadcrumb">
      <a href={paths.reports}>Reports</a> › {verbs[act]}
    </nav>
    <header>
      <h1>
        {verbs[act]} {counted(reports.length, 'report')}?
      </h1>
      <p>{whatHappens[act]}</p>
    </header>
    <form class="form" method="post" action={paths.bulkReports} {...hx({ disable: 'find button' })}>
      <input type="hidden" name="act" value={act} />
      <input type="hidden" name="request" value={request} />
      {reports.map(({ id }) => (
        <input type="hidden" name="id" value={id} />
      ))}
      <p class="row">
        <button type="submit" class="main">
          {verbs[act]} {counted(reports.length, 'report')}
        </button>
        <a class="button" href={paths.reports}>
          Cancel
        </a>
      </p>
    </form>
    <ul>
      {reports.map(({ kind, productName, schedule, emails }) => (
        <li class="any">
          {reportNames[kind]}, {productName ?? 'all products'}, {scheduleWords(schedule)}, to{' '}
          {emails.map(({ email }) => email).join(', ')}
        </li>
      ))}
    </ul>
  </Portal>
)
