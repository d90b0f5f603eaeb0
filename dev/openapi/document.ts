import { type ProblemCode, words } from '#src/api/problem-words.ts'
import { statusOf } from '#src/api/problems.ts'
import { validationRules } from '#src/domain/activations/validation.ts'
import type { Answer, Call, OpenapiDocument, Parameter } from '#views/pages/documentation/openapi-document.ts'
import { problem } from './common.ts'
import type { Answered, AnswerHeader, HeaderName, Operation } from './operation.ts'
import { fieldsOf, refTo, schemasOf } from './schemas.ts'

/** What every call may answer, and what every call with a key may. */
const everywhere: readonly ProblemCode[] = ['too-many-requests', 'internal-error', 'unavailable']
const withKey: readonly ProblemCode[] = ['unauthorized', 'forbidden', 'account-suspended', 'address-not-allowed']
const withToken: readonly ProblemCode[] = ['activation-token-invalid']
const withBody: readonly ProblemCode[] = ['body-too-large', 'unsupported-media-type']

/** Codes that only pages answer, or the shop's webhook. */
const notOfTheApi = new Set<ProblemCode>([
  ...(['bad-signature', 'cross-site', 'invalid-link', 'sign-in-expired', 'sign-in-failed'] as const),
  ...(['invited-already', 'last-full-access', 'master-login', 'login-there'] as const),
  ...(['api-key-ended', 'too-many-api-keys', 'too-many-logins'] as const),
])

/** The OpenAPI 3.1 document of the calls. */
export function documentOf(operations: readonly Operation[], version: string): OpenapiDocument {
  const paths: Record<string, Record<string, Call>> = {}
  for (const one of operations) paths[one.path] = { ...paths[one.path], [one.method]: callOf(one) }
  return {
    openapi: '3.1.1',
    info: { title: 'Portico', version, description: introduction },
    servers: [{ url: '/', description: 'The portal that serves this document.' }],
    tags: [...new Set(operations.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: schemasOf(operations),
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'An API key, `ptk_…`.' },
        activation: { type: 'http', scheme: 'bearer', description: 'The token of an activation, `act_…`.' },
      },
    },
    'x-validation-codes': validationRules.map(({ code, valid, detail }) => ({ code, valid, detail })),
    'x-problems': (Object.keys(words) as ProblemCode[])
      .filter((code) => !notOfTheApi.has(code))
      .map((code) => ({ code, status: statusOf(code), ...words[code] })),
  }
}

const introduction =
  'Send an API key as `Authorization: Bearer ptk_…`. Times are RFC 3339 in UTC, days are UTC and inclusive, money is in minor units. ' +
  'Lists answer `data` and `nextCursor`. Every error is `application/problem+json` with a stable `code`. ' +
  'Fields may be added to answers at any time; fields that a body does not know are refused. ' +
  'Every POST takes an `Idempotency-Key`, kept for 24 hours: the same request with the same key is done once. ' +
  'Installed software needs no API key: it sends an activation key, then the token of its activation; with `Accept: text/plain` it gets a fact a line.'

function callOf(one: Operation): Call {
  const json = 'application/json'
  return {
    operationId: one.id,
    tags: [one.tag],
    summary: one.summary,
    description: one.description,
    parameters: parametersOf(one),
    ...(one.body ? { requestBody: { required: true, content: { [json]: { schema: refTo(one.body) } } } } : {}),
    responses: {
      ...Object.fromEntries(one.answers.map((answer) => [answer.status, answerOf(answer)])),
      ...problemsOf(one),
    },
    security: securityOf(one),
    'x-curl': one.curl,
    'x-problems': one.problems,
  }
}

/** What opens a call: any one of these. */
function securityOf({ open, opens }: Operation): Call['security'] {
  if (open) return []
  const token = { activation: [] }
  if (opens === 'token') return [token]
  return opens ? [token, { key: [] }] : [{ key: [] }]
}

function answerOf({ description, shape, csv, file, text: asText, headers = [] }: Answered): Answer {
  return {
    description,
    ...(headers.length > 0
      ? { headers: Object.fromEntries(headers.map((name) => [name, { ...answerHeaders[name] }])) }
      : {}),
    ...(file ? { content: { 'application/octet-stream': { schema: text } } } : {}),
    ...(shape
      ? {
          content: {
            'application/json': { schema: refTo(shape), example: shape.example },
            ...(asText ? { 'text/plain': { schema: text } } : {}),
            ...(csv ? { 'text/csv': { schema: { type: 'string' } } } : {}),
          },
        }
      : {}),
  }
}

const text = { type: 'string' }
const answerHeaders: Record<AnswerHeader, { description: string; schema: { type: string } }> = {
  'Next-Check-In': { description: 'When the software is expected again.', schema: text },
  'Portico-Signature': {
    description:
      '`keyid="…", alg="ed25519", sig="…"`: over the bytes of the body, by a key of `/.well-known/jwks.json`.',
    schema: text,
  },
  ETag: { description: 'The version, for `If-Match` and `If-None-Match`.', schema: text },
  Link: { description: '`rel="next"`: the next page, where there is one.', schema: text },
}

/** Problems by their status, each with its codes. */
function problemsOf(one: Operation): Record<string, Answer> {
  const opening = one.opens === 'token' ? withToken : [...withKey, ...(one.opens ? withToken : [])]
  const codes = [
    ...new Set([...one.problems, ...(one.open ? [] : opening), ...(one.body ? withBody : []), ...everywhere]),
  ]
  const byStatus = Map.groupBy(codes, statusOf)
  return Object.fromEntries(
    [...byStatus].map(([status, some]) => [
      status,
      {
        description: some.map((code) => `\`${code}\`: ${words[code].title}.`).join(' '),
        content: { 'application/problem+json': { schema: refTo(problem) } },
      },
    ]),
  )
}

function parametersOf({ inPath = {}, query, headers = [] }: Operation): Parameter[] {
  const fields = query ? fieldsOf(query.schema) : {}
  return [
    ...Object.entries(inPath).map(([name, description]) => ({
      ...{ name, in: 'path' as const, required: true, description, schema: text },
    })),
    ...Object.entries(fields).map(([name, schema]) => ({
      ...{ name, in: 'query' as const, required: false, description: query?.words[name] ?? '', schema },
    })),
    ...headers.map(headerOf),
  ]
}

const headerWords: Record<HeaderName, string> = {
  'If-Match': 'The `ETag` of the version that is changed, or `*` for whatever it is now.',
  'If-Match?': 'The `ETag` of the version that is meant.',
  'If-None-Match': 'The `ETag` of what you hold.',
  'Idempotency-Key': 'Makes the same request sent twice one act: 1 to 255 visible ASCII characters, such as a UUID.',
}

const headerOf = (name: HeaderName): Parameter => ({
  ...{ name: name.replace('?', ''), in: 'header', required: name === 'If-Match', description: headerWords[name] },
  schema: text,
})
