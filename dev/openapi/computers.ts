import * as z from 'zod'
import { computerEditBody, computerQuery } from '#src/api/computers.ts'
import { computerStandings } from '#src/domain/computers/computer.ts'
import { instant, listOf } from './common.ts'
import { type Operation, pageWords, queryOf, type Shape } from './operation.ts'

export const fabrikamKey = "-H 'Authorization: Bearer ptk_demo_fabrikam'"
export const jsonType = "-H 'Content-Type: application/json'"
export const web = (number: string) => `com_00-fabrikam-web-${number}-fabrikam-example`
const all = 'http://localhost:8787/api/v1/computers'

const listed = {
  id: z.string(),
  name: z.string().meta({ description: 'The host name, or the name that was given on a page.' }),
  ip: z.string().nullable(),
  registeredAt: instant,
  lastCheckInAt: instant.nullable().meta({ description: 'The last that succeeded; `null` for never.' }),
  group: z.string().nullable().meta({ description: 'The name of its group.' }),
  products: z.array(z.strictObject({ code: z.string(), name: z.string() })),
  activationKey: z
    .string()
    .nullable()
    .meta({ description: 'Of the first product that is asked for, or that is on it.' }),
}
const example = {
  id: web('01'),
  name: 'web-01.fabrikam.example',
  ip: '192.0.2.100',
  registeredAt: '2024-07-02T06:40:00.000Z',
  lastCheckInAt: '2026-08-21T09:18:00.000Z',
  group: 'Web',
  products: [{ code: 'live-patching', name: 'Live Patching' }],
  activationKey: 'FABR-1K4M-PATC-7H0G',
}

const computer: Shape = { name: 'Computer', schema: z.strictObject(listed), example }
const details: Shape = {
  name: 'ComputerDetails',
  schema: z.strictObject({
    ...listed,
    groupId: z.string().nullable(),
    hostname: z.string().meta({ description: 'As the software told it last.' }),
    fingerprint: z.string(),
    status: z.enum(computerStandings).meta({
      description:
        'Of the product that stands worst: `grace` is overdue and still runs, `lapsed` is overdue for longer than the product allows, `stale` for longer than the vendor waits, `never` has not checked in.',
    }),
    products: z.array(
      z.strictObject({
        ...{ code: z.string(), name: z.string(), version: z.string().nullable(), activationKey: z.string() },
        license: z.string().nullable().meta({ description: 'The serial number of the license it runs on, if any.' }),
        ...{ activatedAt: instant, lastCheckInAt: instant.nullable() },
      }),
    ),
  }),
  example: {
    ...example,
    groupId: 'grp_00-fabrikam-web',
    hostname: 'web-01.fabrikam.example',
    fingerprint: '92fb2b486afe847425e9f4ed32cf113b',
    status: 'current',
    products: [
      {
        ...{ code: 'live-patching', name: 'Live Patching', version: '2.94', activationKey: 'FABR-1K4M-PATC-7H0G' },
        license: null,
        ...{ activatedAt: '2024-07-02T06:40:00.000Z', lastCheckInAt: '2026-08-21T09:18:00.000Z' },
      },
    ],
  },
}

const edited: Shape = { name: 'ComputerEdit', schema: computerEditBody }
const inPath = { id: 'The id of the computer, `com_…`.' }
const tag = 'Computers'

export const computerOperations: readonly Operation[] = [
  {
    id: 'listComputers',
    tag,
    method: 'get',
    path: '/api/v1/computers',
    summary: 'List computers',
    description:
      'Computers (servers) of the account and of all accounts below it, on which a product is active. What narrows the list gives its order: by name within a group, a key or a search, by the last check-in, or by the day of registration.',
    query: queryOf(computerQuery, {
      q: 'In the name and in the activation key: any part of them up to a thousand computers, their beginning from there on.',
      product: 'The code of a product, or several with commas between them; a computer with any of them fits.',
      group: 'The id or the name of a group, or `none` for those without.',
      key: 'The id or the code of an activation key.',
      seen: 'By the last check-in: `never`, `stale`, `older-30` or `within-7` (days; `within-12h` for hours).',
      from: 'Registered on this day or later.',
      to: 'Registered on this day or earlier.',
      account: 'Only those of this account below, by its id.',
      sort: 'By name, IP address, registration or last check-in; a minus turns the order round.',
      ...pageWords,
    }),
    answers: [
      { status: 200, description: 'A page of computers.', shape: listOf(computer), csv: true, headers: ['Link'] },
    ],
    problems: ['invalid-query', 'invalid-cursor'],
    curl: `curl '${all}?product=live-patching&group=Web&q=web' \\\n  ${fabrikamKey}`,
  },
  {
    id: 'findComputer',
    tag,
    method: 'get',
    path: '/api/v1/computers/{id}',
    summary: 'Read a computer',
    description: 'With all that is known of it and an `ETag`.',
    inPath,
    headers: ['If-None-Match'],
    answers: [
      { status: 200, description: 'The computer.', shape: details, headers: ['ETag'] },
      { status: 304, description: 'Nothing changed.', headers: ['ETag'] },
    ],
    problems: ['not-found'],
    curl: `curl ${all}/${web('01')} \\\n  ${fabrikamKey}`,
  },
  {
    id: 'editComputer',
    tag,
    method: 'patch',
    path: '/api/v1/computers/{id}',
    summary: 'Rename a computer, or put it into a group',
    description: 'Changes the name, the group, or both. The host name stays as the software tells it.',
    inPath,
    headers: ['If-Match'],
    body: edited,
    answers: [{ status: 200, description: 'The computer as it is now.', shape: details, headers: ['ETag'] }],
    problems: [
      ...(['not-found', 'precondition-required', 'version-mismatch', 'invalid-request'] as const),
      'computer-of-another-account',
    ],
    curl: `curl -X PATCH ${all}/${web('02')} \\\n  ${fabrikamKey} \\\n  ${jsonType} -H 'If-Match: *' \\\n  -d '{"name":"Shop front","group":"Web"}'`,
  },
  {
    id: 'removeComputer',
    tag,
    method: 'delete',
    path: '/api/v1/computers/{id}',
    summary: 'Remove a computer',
    description:
      'Releases all products on it. For a day that can be undone: `GET /api/v1/events` names the removal’s computer, the page of removals undoes it. Removed before, it is answered the same.',
    inPath,
    headers: ['If-Match?'],
    answers: [{ status: 204, description: 'It is gone.' }],
    problems: ['not-found', 'version-mismatch'],
    curl: `curl -X DELETE ${all}/${web('03')} \\\n  ${fabrikamKey}`,
  },
]
