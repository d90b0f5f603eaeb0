import { beforeAll, expect, test } from 'vitest'
import { operations } from '#dev/openapi/operations.ts'
import { routeTable } from '#src/http/route-table.ts'
import { ApiReference } from '#views/pages/documentation/api-reference.tsx'
import { document } from '../support/api.ts'
import { everythingIn } from '../support/doors.ts'
import { openPortal, type Portal } from '../support/portal.ts'

let portal: Portal
beforeAll(async () => {
  portal = await openPortal()
})

const calls = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, call]) => ({ method: method.toUpperCase(), path, call })),
)

test('every route of the API stands in the document, and nothing else', () => {
  const routes = routeTable(portal.app)
    .filter(({ path }) => path.startsWith('/api/'))
    .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`)
  expect(new Set(calls.map(({ method, path }) => `${method} ${path}`))).toEqual(new Set(routes))
})

test('the document holds together: references lead somewhere, ids are one each, parameters are described', () => {
  const references = JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)
  for (const [, name] of references) expect(document.components.schemas).toHaveProperty(name as string)
  const ids = calls.map(({ call }) => call.operationId)
  expect(new Set(ids).size).toBe(ids.length)
  for (const { path, call } of calls) {
    const inPath = call.parameters.filter((one) => one.in === 'path').map(({ name }) => `{${name}}`)
    expect(path.match(/\{\w+\}/g) ?? []).toEqual(inPath)
    expect(call.parameters.filter(({ description }) => description === '')).toEqual([])
    expect(call.parameters.filter(({ schema }) => !schema.type)).toEqual([])
  }
})

test.each([
  [
    'keys are created, listed, changed, removed',
    ['createActivationKey', 'listActivationKeys', 'editActivationKey', 'removeActivationKey'],
  ],
  [
    'servers are listed by product and key, read, removed',
    ['listComputers', 'findComputer', 'removeComputer', 'removeComputers'],
  ],
  [
    'groups are made, listed, filled, removed',
    ['createComputerGroup', 'listComputerGroups', 'groupComputers', 'deleteComputerGroup'],
  ],
  ['licenses are checked, taken, given back', ['validate', 'activate', 'checkIn', 'release']],
])('scripts of fleets find what they know: %s (R275)', (_, ids) => {
  expect(calls.map(({ call }) => call.operationId)).toEqual(expect.arrayContaining(ids))
})

test('every example in it keeps to its schema', () => {
  for (const { shape } of operations.flatMap(({ answers }) => answers)) {
    if (shape) expect(shape.schema.safeParse(shape.example).error).toBeUndefined()
  }
})

test('no call takes a field that is not in its schema: account, role, credits are refused by name, and nothing changes (T3)', async () => {
  let asked = 0
  for (const { call } of calls) {
    const { method, path, options } = requestOf(await prepared(call['x-curl']))
    if (options.body === undefined) continue
    const before = await everythingIn(portal.db)
    for (const field of ['accountId', 'partnerId', 'isMaster', 'credits', '__proto__']) {
      const body = options.body.replace('{', `{"${field}":"1",`).replace(/,}$/, '}')
      const answer = await portal.call(method, path, { ...options, body })
      expect([call.operationId, field, answer.status]).toEqual([call.operationId, field, expect.toSatisfy(refuses)])
      asked++
    }
    await portal.deps.settled()
    expect([call.operationId, (await everythingIn(portal.db)) === before]).toEqual([call.operationId, true])
  }
  expect(asked).toBeGreaterThan(100)
})
const refuses = (status: number) => status === 400 || status === 422

test('every curl in it runs as it is written', async () => {
  for (const { call } of calls) {
    const { method, path, options } = requestOf(await prepared(call['x-curl']))
    const { status } = await portal.call(method, path, options)
    expect([call.operationId, status >= 200 && status < 300]).toEqual([call.operationId, true])
  }
})

/** What a script asks for first is asked for, and the facts of its answer put where the script puts them. */
async function prepared(script: string): Promise<string> {
  const [, first, curl] = /^activation=\$\((curl [\s\S]*?)\)\n[\s\S]*\n(curl [\s\S]*)$/.exec(script) ?? []
  if (!first || !curl) return script
  const { method, path, options } = requestOf(first)
  const text = await (await portal.call(method, path, options)).text()
  return curl.replaceAll(/\$\(fact (\w+)\)/g, (_, name: string) => RegExp(`^${name}:(.*)$`, 'm').exec(text)?.[1] ?? '')
}

/** The request that a curl command sends. */
function requestOf(curl: string) {
  const words = [...curl.replaceAll('\\\n', ' ').matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, quoted, double, plain]) => quoted ?? double ?? plain ?? '',
  )
  const after = (flag: string) => words.flatMap((word, i) => (word === flag ? [words[i + 1] as string] : []))
  const url = words.find((word) => word.startsWith('http://localhost:8787')) as string
  const headers = Object.fromEntries(
    after('-H').map((line) => [line.split(': ')[0]?.toLowerCase(), line.split(': ')[1] ?? '']),
  )
  const [body] = after('-d')
  return {
    method: after('-X')[0] ?? 'GET',
    path: url.replace('http://localhost:8787', ''),
    options: { headers, ...(body === undefined ? {} : { body }) },
  }
}

test('the reference page tells every call and every problem, without style or script', () => {
  const html = String(<ApiReference document={document} />)
  for (const { call, method, path } of calls) {
    expect(html).toContain(`id="${call.operationId}"`)
    expect(html).toContain(`${method} ${path}`)
  }
  for (const { code } of document['x-problems']) expect(html).toContain(`id="${code}"`)
  expect(html).not.toMatch(/<script|style=| on\w+=/)
  const anchors = [...html.matchAll(/href="#([\w-]+)"/g)].map(([, id]) => id as string)
  expect(anchors.filter((id) => !html.includes(`id="${id}"`))).toEqual([])
})
