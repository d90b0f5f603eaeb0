import type { ReportContent } from '#src/domain/reports/content.ts'
import { type ReportKind, type RunState, reportNames } from '#src/domain/reports/report.ts'
import { scheduleWords } from '#src/domain/reports/timing.ts'
import { MonthChart } from '../../components/month-chart.tsx'
import { At, Zone } from '../../components/time.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'
import { counted } from '../../words.ts'
import { leadWords } from './lead-words.ts'
import { type ReportView, Switch } from './list.tsx'

type Run = {
  readonly dueAt: Date
  readonly ranAt: Date
  readonly state: RunState
  readonly rows: number
  readonly letters: number
}

type Props = {
  frame: Frame
  report: ReportView
  content: ReportContent
  runs: readonly Run[]
  mayEdit: boolean
  requests: readonly [string, string]
}

/** A report as it would go out now, as a page to read or print; and its last runs. */
export const ReportPage = ({ frame, report, content, runs, mayEdit, requests }: Props) => (
  <Portal frame={frame} title={reportNames[report.kind]}>
    <nav aria-label="Breadcrumb">
      <a href={paths.reports}>Reports</a> › {reportNames[report.kind]}
    </nav>
    <header>
      <h1>{reportNames[report.kind]}</h1>
      <p class="soft">
        {[report.productName ?? 'All products', leadWords(report), scheduleWords(report.schedule)]
          .filter(Boolean)
          .join(', ')}
        {report.active ? '' : ', paused'}
      </p>
    </header>
    {mayEdit && (
      <div class="row">
        <form method="post" action={paths.reportTests(report.id)} {...hx({ disable: 'find button' })}>
          <input type="hidden" name="request" value={requests[0]} />
          <button type="submit">Send a test to me</button>
        </form>
        <Switch report={report} request={requests[1]} />
        <a class="button" href={paths.reportEdit(report.id)}>
          Edit
        </a>
      </div>
    )}
    <Preview report={report} content={content} />
    <Runs runs={runs} />
  </Portal>
)

/** Figures, days and numbers stay on one line; what somebody wrote may break anywhere. */
const oneLine: ReadonlySet<string | undefined> = new Set([
  'Ends on',
  'Serial number',
  'Last check-in',
  'Month',
  'Amount',
])
const written: ReadonlySet<string | undefined> = new Set(['End customer', 'Comment', 'Computer'])
const styled = (name: string | undefined) =>
  oneLine.has(name) ? { class: 'mono' } : written.has(name) ? { class: 'any' } : {}

const Preview = ({ report, content }: Pick<Props, 'report' | 'content'>) => (
  <section>
    <h2>As it would be sent now</h2>
    <dl class="card">
      {content.figures.map(([label, value]) => (
        <>
          <dt>{label}</dt>
          <dd>
            <b>{value}</b>
          </dd>
        </>
      ))}
    </dl>
    {content.rows.length === 0 ? (
      <p class="card" role="status">
        There is nothing to report.
      </p>
    ) : (
      <>
        {content.months.length > 0 && (
          <MonthChart
            label="Ends by month"
            months={content.months}
            ofFirst={content.isCut ? content.rows.length : null}
          />
        )}
        <table>
          <caption>
            {counted(content.rows.length, 'row')}
            {content.isCut && ', the first of more'} ·{' '}
            <a href={paths.reportCsv(report.id)} download>
              Download CSV
            </a>{' '}
            ·{' '}
            <a href={paths.reportPdf(report.id)} download>
              Download PDF
            </a>
          </caption>
          <thead>
            <tr>
              {content.head.map((name) => (
                <th scope="col">{name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {content.rows.slice(0, 100).map((row) => (
              <tr>
                {row.map((cell, i) => (
                  <td data-label={content.head[i]} {...styled(content.head[i])}>
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        {content.rows.length > 100 && <p class="soft">The first 100 stand here; the CSV has them all.</p>}
      </>
    )}
  </section>
)

const outcomes: Record<RunState, string> = { sent: 'Sent', empty: 'Nothing to report', nobody: 'Nobody to send it to' }

const Runs = ({ runs }: Pick<Props, 'runs'>) => (
  <section>
    <h2>Last runs</h2>
    {runs.length === 0 ? (
      <p class="soft">None yet.</p>
    ) : (
      <table>
        <thead>
          <tr>
            <th scope="col">
              Due (<Zone />)
            </th>
            <th scope="col">
              Ran (<Zone />)
            </th>
            <th scope="col">Outcome</th>
            <th scope="col">Rows</th>
            <th scope="col">Letters</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr>
              <td data-label="Due">
                <At at={run.dueAt} />
              </td>
              <td data-label="Ran">
                <At at={run.ranAt} />
              </td>
              <td data-label="Outcome">{outcomes[run.state]}</td>
              <td data-label="Rows">{run.rows}</td>
              <td data-label="Letters">{run.letters}</td>
            </tr>
          ))}
        </tbody>
      </table>
    )}
  </section>
)

/** Asks once before a report is removed. */
export const ReportRemovalPage = ({
  frame,
  report,
  request,
}: {
  frame: Frame
  report: { readonly id: string; readonly kind: ReportKind; readonly emails: readonly string[] }
  request: string
}) => (
  <Portal frame={frame} title={`Remove ${reportNames[report.kind]}`}>
    <nav aria-label="Breadcrumb">
      <a href={paths.reports}>Reports</a> › Remove
    </nav>
    <h1>Remove the report “{reportNames[report.kind]}”?</h1>
    <p class="any">
      {report.emails.join(', ')} {report.emails.length === 1 ? 'gets' : 'get'} no more of it, and its runs are
      forgotten.
    </p>
    <form method="post" action={paths.reportRemovals(report.id)}>
      <input type="hidden" name="request" value={request} />
      <p class="row">
        <button type="submit" class="main">
          Remove
        </button>
        <a class="button" href={paths.reports}>
          Keep it
        </a>
      </p>
    </form>
  </Portal>
)
