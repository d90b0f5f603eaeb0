import * as z from 'zod'
import type { Operation, Shape } from './operation.ts'

const links: Shape = {
  name: 'Links',
  schema: z.strictObject({ links: z.record(z.string(), z.string()) }),
  example: { links: { licenses: '/api/v1/licenses', orders: '/api/v1/orders', events: '/api/v1/events' } },
}

export const rootOperations: readonly Operation[] = [
  {
    id: 'listLinks',
    tag: 'Start',
    method: 'get',
    path: '/api/v1',
    summary: 'What there is to ask for',
    description: 'Paths of the lists, of this document and of its page.',
    open: true,
    answers: [{ status: 200, description: 'The links.', shape: links }],
    problems: [],
    curl: 'curl http://localhost:8787/api/v1',
  },
]
