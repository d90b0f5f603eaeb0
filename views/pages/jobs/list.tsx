import { clockBy, faringOf, type JobRun, type RunState, stateOfRun } from '#src/domain/jobs/run.ts'
import { timingOf } from '#src/domain/jobs/timing.ts'
import { MailTrouble, type Trouble } from '../../components/mail-trouble.tsx'
import { At, Zone } from '../../components/time.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'
import { agoInWords, counted } from '../../words.ts'

type Job = { readonly name: string; readonly cron: string; readonly runs: readonly JobRun[] }

type Props = {
  frame: Frame
  jobs: readonly Job[]
  runs: readonly JobRun[]
  trouble: Trouble | undefined
  now: Date
  mayRun: boolean
  /** Makes a form sent twice one act. */
  request: string
}

const stateWords: Record<RunState, readonly [words: string, tone: string]> = {
  done: ['Done', 'good'],
  running: ['Running', 'soft'],
  failed: ['Failed', 'bad'],
  'cut-off': ['Cut off', 'bad'],
}

/** What the clock does by itself: each job, when, how its last runs went. */
export const JobsPage = ({ frame, jobs, runs, trouble, ...rest }: Props) => (
  <Portal frame={frame} title="Jobs">
    <header>
      <h1>Jobs</h1>
      <p>
        What the portal does by itself. A job that runs twice or late does no harm: it goes on where it stopped. Letters
        on their way are in the <a href={paths.outbox}>outbox</a>.
      </p>
    </header>
    <Clock runs={runs} now={rest.now} />
    <MailTrouble trouble={trouble} />
    <table>
      <caption class="hide">Jobs of the timetable</caption>
      <thead>
        <tr>
          <th scope="col">Job</th>
          <th scope="col">When</th>
          <th scope="col">
            Last run (<Zone />)
          </th>
          <th scope="col">
            Last success (<Zone />)
          </th>
          {rest.mayRun && <th scope="col">Operations</th>}
        </tr>
      </thead>
      <tbody>
        {jobs.map((job) => (
          <Row job={job} {...rest} />
        ))}
      </tbody>
    </table>
  </Portal>
)

const Clock = ({ runs, now }: Pick<Props, 'runs' | 'now'>) => {
  const { lastRanAt, stands } = clockBy(runs, now)
  if (lastRanAt === null)
    return (
      <p class="note">
        The clock has not run yet. In production the Cron Triggers of the Worker start it within a few minutes; a portal
        on your own machine runs a job only when asked.
      </p>
    )
  return (
    <p {...(stands ? { class: 'note' } : {})}>
      The clock last ran <At at={lastRanAt} />, {agoInWords(lastRanAt, now)}.
      {stands &&
        ' It should come by every minute: look at the Cron Triggers of the Worker and at its log. Until then letters wait.'}
    </p>
  )
}

const Row = ({ job, now, mayRun, request }: { job: Job } & Pick<Props, 'now' | 'mayRun' | 'request'>) => {
  const { failing, lastSuccessAt } = faringOf(job.runs, now)
  const [last] = job.runs
  return (
    <tr id={job.name}>
      <th scope="row" data-label="Job">
        {job.name}
        {failing && (
          <>
            <br />
            <span class="bad">Failing</span>
          </>
        )}
      </th>
      <td data-label="When">{timingOf(job.cron).words}</td>
      <td data-label="Last run">
        {last ? <Run run={last} now={now} /> : 'Never'}
        {job.runs.length > 1 && <Earlier runs={job.runs.slice(1, 10)} now={now} />}
      </td>
      <td data-label="Last success">{lastSuccessAt ? <At at={lastSuccessAt} /> : 'None'}</td>
      {mayRun && (
        <td data-label="Operations">
          <form method="post" action={paths.jobRuns(job.name)} {...hx({ disable: 'find button' })}>
            <input type="hidden" name="request" value={`${request}-${job.name}`} />
            <button type="submit">
              Run now<span class="hide">: {job.name}</span>
            </button>
          </form>
        </td>
      )}
    </tr>
  )
}

const Run = ({ run, now }: { run: JobRun; now: Date }) => {
  const [words, tone] = stateWords[stateOfRun(run, now)]
  return (
    <>
      <At at={run.startedAt} /> <span class={tone}>{words}</span>
      {run.count > 0 && `, ${run.count} done`}
      {run.by !== '' && `, asked for by ${run.by}`}
      {run.error && <span class="any">: {run.error}</span>}
    </>
  )
}

const Earlier = ({ runs, now }: { runs: readonly JobRun[]; now: Date }) => (
  <details>
    <summary>{counted(runs.length, 'earlier run')}</summary>
    <ul>
      {runs.map((run) => (
        <li>
          <Run run={run} now={now} />
        </li>
      ))}
    </ul>
  </details>
)
