import { expect } from 'vitest'
import { buildOpenapi } from '#dev/build-openapi.ts'
import { problem } from '#dev/openapi/common.ts'
import type { Operation } from '#dev/openapi/operation.ts'
import { operations } from '#dev/openapi/operations.ts'
import type { Portal } from './portal.ts'

type Options = Parameters<Portal['call']>[2]

/** An answer that kept to the document. */
export type Answered = {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape
  readonly body: any
}

export const document = buildOpenapi()

/** Calls the API and holds the answer against the document: its status, its type, the schema of its body. */
export async function callChecked(portal: Portal, method: string, path: string, options?: Options): Promise<Answered> {
  const response = await portal.call(method, path, options)
  const { status, headers } = response
  const text = await response.text()
  const operation = operationFor(method, path.split('?')[0] as string)
  if (!operation) throw new Error(`The document has no ${method} ${path}`)
  expect(Object.keys(document.paths[operation.path]?.[operation.method]?.responses ?? {})).toContain(String(status))
  return { status, headers, body: status < 400 ? answerOf(operation, status, headers, text) : problemOf(headers, text) }
}

function operationFor(method: string, path: string): Operation | undefined {
  const fits = (pattern: string) => new RegExp(`^${pattern.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path)
  return operations.find((one) => one.method === method.toLowerCase() && fits(one.path))
}

function answerOf(operation: Operation, status: number, headers: Headers, text: string): unknown {
  const answer = operation.answers.find((one) => one.status === status)
  if (headers.get('content-type')?.startsWith('text/csv')) {
    expect(answer?.csv).toBe(true)
    return text
  }
  if (answer?.file) {
    expect(headers.get('content-type')).toBe('application/octet-stream')
    return text
  }
  if (!answer?.shape) {
    expect(text).toBe('')
    return null
  }
  expect(headers.get('content-type')).toMatch(/^application\/json/)
  return answer.shape.schema.parse(JSON.parse(text))
}

function problemOf(headers: Headers, text: string): unknown {
  expect(headers.get('content-type')).toBe('application/problem+json')
  const body = problem.schema.parse(JSON.parse(text)) as { requestId: string; type: string; code: string }
  expect(headers.get('x-request-id')).toBe(body.requestId)
  expect(body.type).toBe(`https://portal.acme.example/documentation/api#${body.code}`)
  return body
}

/** All rows of a list, page by page, with how many pages there were. */
export async function pageThrough(portal: Portal, path: string, key: string) {
  const rows: { id: string }[] = []
  let url: string | null = path
  let pages = 0
  while (url !== null) {
    const { headers, body } = await callChecked(portal, 'GET', url, { key })
    rows.push(...body.data)
    pages++
    const [, next] = /^<([^>]+)>; rel="next"$/.exec(headers.get('link') ?? '') ?? []
    expect(next === undefined).toBe(body.nextCursor === null)
    url = next ? next.replace('https://portal.acme.example', '') : null
  }
  return { rows, pages }
}
