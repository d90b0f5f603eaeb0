import * as z from 'zod'
import { runBody } from '#src/api/jobs.ts'
import { runStates } from '#src/domain/jobs/run.ts'
import { instant, listOf } from './common.ts'
import type { Operation, Shape } from './operation.ts'

const key = "-H 'Authorization: Bearer ptk_demo_acme'"

const run = {
  id: z.string(),
  startedAt: instant,
  count: z.int().meta({ description: 'How many things it did.' }),
  error: z.string().nullable().meta({ description: 'Why it failed.' }),
}

const job: Shape = {
  name: 'Job',
  schema: z.strictObject({
    name: z.string(),
    cron: z.string().meta({ description: 'When it is due, as a cron line in UTC.' }),
    schedule: z.string().meta({ description: 'The same in words.' }),
    failing: z.boolean().meta({ description: 'Whether its last run failed or was cut off.' }),
    lastSuccessAt: instant.nullable(),
    runs: z.array(
      z.strictObject({
        ...run,
        state: z.enum(runStates),
        endedAt: instant.nullable(),
        by: z.string().nullable().meta({ description: 'Who asked for it; null is the clock.' }),
      }),
    ),
  }),
  example: {
    name: 'drain-outbox',
    cron: '* * * * *',
    schedule: 'Every minute',
    failing: false,
    lastSuccessAt: '2026-08-21T09:30:00.000Z',
    runs: [],
  },
}

const jobRun: Shape = {
  name: 'JobRun',
  schema: z.strictObject({ ...run, job: z.string(), endedAt: instant, by: z.string() }),
  example: {
    ...{ id: 'run_01', job: 'drain-outbox', startedAt: '2026-08-21T09:30:00.000Z' },
    ...{ endedAt: '2026-08-21T09:30:00.000Z', count: 2, error: null, by: 'Acme scripts' },
  },
}

export const jobOperations: readonly Operation[] = [
  {
    id: 'listJobs',
    tag: 'Back office',
    method: 'get',
    path: '/api/v1/jobs',
    summary: 'List the jobs of the clock',
    description: 'What the portal does by itself, each with its last ten runs, the newest first. The vendor’s alone.',
    answers: [{ status: 200, description: 'All jobs.', shape: listOf(job) }],
    problems: [],
    curl: `curl http://localhost:8787/api/v1/jobs \\\n  ${key}`,
  },
  {
    id: 'runJob',
    tag: 'Back office',
    method: 'post',
    path: '/api/v1/jobs/{name}/runs',
    summary: 'Run a job now',
    description: 'Answers when it is through, also where it failed: then `error` says why. Running twice does no harm.',
    inPath: { name: 'The name of the job.' },
    headers: ['Idempotency-Key'],
    body: { name: 'JobRunWanted', schema: runBody, example: {} },
    answers: [{ status: 201, description: 'How the run went.', shape: jobRun }],
    problems: ['not-found'],
    curl: `curl -X POST http://localhost:8787/api/v1/jobs/drain-outbox/runs \\\n  ${key}`,
  },
]
