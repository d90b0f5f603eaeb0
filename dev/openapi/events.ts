import * as z from 'zod'
import { eventQuery } from '#src/api/events.ts'
import { actorKinds, eventActions, subjectKinds } from '#src/domain/events/actions.ts'
import { instant, listOf } from './common.ts'
import { type Operation, pageWords, queryOf, type Shape } from './operation.ts'

const values = z.record(z.string(), z.unknown()).nullable()

const event: Shape = {
  name: 'Event',
  schema: z.strictObject({
    id: z.string(),
    at: instant,
    actor: z
      .strictObject({ kind: z.enum(actorKinds), id: z.string(), name: z.string() })
      .meta({ description: 'Who did it: a login, a customer with an order number, a key, the shop or the clock.' }),
    action: z.enum(eventActions),
    subject: z.strictObject({ kind: z.enum(subjectKinds), id: z.string(), name: z.string() }),
    before: values.meta({ description: 'What changed, as it was.' }),
    after: values.meta({ description: 'What changed, as it is since.' }),
    address: z.string().meta({ description: 'The network address that it was done from.' }),
  }),
  example: {
    id: 'evt_00-00042',
    at: '2026-08-20T14:03:11.000Z',
    actor: { kind: 'login', id: 'log_00-nora', name: 'Nora' },
    action: 'license.commented',
    subject: { kind: 'license', id: 'lic_00-northwind-jansen-1', name: 'S-7K2M9-QX4TD' },
    before: { comment: '' },
    after: { comment: 'Hoofdvestiging' },
    address: '192.0.2.7',
  },
}

export const eventOperations: readonly Operation[] = [
  {
    id: 'listEvents',
    tag: 'Events',
    method: 'get',
    path: '/api/v1/events',
    summary: 'List events',
    description:
      'The audit trail of the account of the key and of all accounts below it, newest first: only events of things that the key’s role may see.',
    query: queryOf(eventQuery, {
      actor: 'Only what this actor did, by its id: a login, a customer, a key, `fastspring` or a job.',
      action: 'Only this action.',
      subject: 'Only what happened to the thing of this id.',
      from: 'Not before this day (UTC), as `2026-08-21`.',
      to: 'Not after this day (UTC), as `2026-08-21`.',
      ...pageWords,
    }),
    answers: [{ status: 200, description: 'A page of events.', shape: listOf(event), csv: true, headers: ['Link'] }],
    problems: ['invalid-query', 'invalid-cursor'],
    curl: "curl 'http://localhost:8787/api/v1/events?limit=5' \\\n  -H 'Authorization: Bearer ptk_demo_northwind'",
  },
]
