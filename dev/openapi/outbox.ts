import * as z from 'zod'
import { letterQuery, resendBody } from '#src/api/outbox.ts'
import { letterStates, letterTemplates } from '#src/domain/outbox.ts'
import { instant, listOf } from './common.ts'
import { type Operation, pageWords, queryOf, type Shape } from './operation.ts'

const key = "-H 'Authorization: Bearer ptk_demo_acme'"

const letter: Shape = {
  name: 'Letter',
  schema: z.strictObject({
    id: z.string(),
    template: z.enum(letterTemplates),
    recipient: z.string(),
    state: z.enum(letterStates).meta({ description: '`dead`: given up, after a day or a refusal that is final.' }),
    attempts: z.int(),
    error: z.string().nullable().meta({ description: 'What the mail provider said last.' }),
    providerId: z.string().nullable(),
    createdAt: instant,
    nextAttemptAt: instant.nullable(),
    sentAt: instant.nullable(),
  }),
  example: {
    ...{ id: 'let_01', template: 'order', recipient: 'ada@example.com', state: 'sent', attempts: 1, error: null },
    ...{ providerId: '49a3999c', createdAt: '2026-08-21T09:30:00.000Z', nextAttemptAt: null },
    sentAt: '2026-08-21T09:30:01.000Z',
  },
}

export const outboxOperations: readonly Operation[] = [
  {
    id: 'listLetters',
    tag: 'Back office',
    method: 'get',
    path: '/api/v1/outbox',
    summary: 'List letters',
    description: 'Letters of the portal, the newest first: how they fare, never what they say. The vendor’s alone.',
    query: queryOf(letterQuery, { state: 'Those in this state.', ...pageWords }),
    answers: [{ status: 200, description: 'A page of letters.', shape: listOf(letter), csv: true, headers: ['Link'] }],
    problems: ['invalid-query', 'invalid-cursor'],
    curl: `curl 'http://localhost:8787/api/v1/outbox?state=dead' \\\n  ${key}`,
  },
  {
    id: 'findLetter',
    tag: 'Back office',
    method: 'get',
    path: '/api/v1/outbox/{id}',
    summary: 'Read how a letter fares',
    description: 'To whom, in which state, how often it was tried, and what the mail provider said.',
    inPath: { id: 'The id of the letter.' },
    answers: [{ status: 200, description: 'The letter.', shape: letter }],
    problems: ['not-found'],
    curl: `curl http://localhost:8787/api/v1/outbox/let_00-lost \\\n  ${key}`,
  },
  {
    id: 'resendLetter',
    tag: 'Back office',
    method: 'post',
    path: '/api/v1/outbox/{id}/resends',
    summary: 'Send a letter again',
    description:
      'One that waits or was given up: at once, and for a day if need be. The provider knows it by the same id.',
    inPath: { id: 'The id of the letter.' },
    headers: ['Idempotency-Key'],
    body: { name: 'LetterResend', schema: resendBody, example: {} },
    answers: [{ status: 201, description: 'How the letter stands now.', shape: letter }],
    problems: ['not-found', 'letter-left'],
    curl: `curl -X POST http://localhost:8787/api/v1/outbox/let_00-lost/resends \\\n  ${key}`,
  },
]
