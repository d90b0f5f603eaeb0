import * as z from 'zod'
import { activationBody, checkInBody } from '#src/api/activations.ts'
import { validationBody } from '#src/api/validations.ts'
import { validationRules } from '#src/domain/activations/validation.ts'
import { licenseStandings } from '#src/domain/licenses/standing.ts'
import { supportStatuses } from '#src/domain/support/support.ts'
import { day, instant } from './common.ts'
import type { Operation, Shape } from './operation.ts'

const json = "-H 'Content-Type: application/json'"
const activationsUrl = 'http://localhost:8787/api/v1/activations'

/** Activates a server of the demo and lets facts of the answer be used below. */
const activated = [
  `activation=$(curl -s ${activationsUrl} -X POST -H 'Accept: text/plain' ${json} \\`,
  `  -d '{"activationKey":"FABR-1K4M-PATC-7H0G","product":"live-patching","fingerprint":"5f2b9c","hostname":"web-17.fabrikam.example"}')`,
  `fact() { echo "$activation" | sed -n "s/^$1://p"; }`,
].join('\n')
const ofIt = `"${activationsUrl}/$(fact id)`
const token = '-H "Authorization: Bearer $(fact token)"'

const licensed = z.strictObject({
  id: z.string().nullable().meta({ description: '`null` for a server, which its key licenses.' }),
  serial: z.string().nullable(),
  product: z.string(),
  productName: z.string(),
  edition: z.string(),
  editionName: z.string(),
  size: z.union([z.int(), z.literal('unlimited')]),
  unit: z.string(),
  kind: z.enum(['permanent', 'trial', 'subscription', 'server']),
  status: z.enum(licenseStandings).meta({ description: '`grace`: it has ended and still runs for a while.' }),
  endsOn: day.nullable().meta({ description: 'The last day; `null` never ends.' }),
  daysLeft: z.int().nullable(),
  support: z.strictObject({
    status: z.enum(supportStatuses),
    endsOn: day.nullable(),
    daysLeft: z.int().nullable(),
  }),
})
const license = {
  ...{ id: 'lic_00-ada-front', serial: 'S-T8NJE-9K2G6', product: 'remote-access', productName: 'Remote Access' },
  ...{ edition: 'pro', editionName: 'Pro', size: 5, unit: 'user', kind: 'permanent', status: 'active' },
  ...{ endsOn: null, daysLeft: null, support: { status: 'valid', endsOn: '2027-06-04', daysLeft: 288 } },
} as const

const signed = ['Portico-Signature'] as const

const codes = [...new Set(validationRules.map(({ code }) => code))] as [string, ...string[]]

const validation: Shape = {
  name: 'Validation',
  schema: z.strictObject({
    valid: z.boolean().meta({ description: 'Whether the software may run.' }),
    code: z.enum(codes).meta({ description: 'The first that holds of the list of codes; independent of `valid`.' }),
    detail: z.string(),
    license: licensed.nullable(),
    ts: instant.meta({ description: 'The time of the server: compare it with yours.' }),
    nonce: z.union([z.string(), z.int()]).nullable().meta({ description: 'As it was sent.' }),
  }),
  example: {
    ...{ valid: true, code: 'VALID', detail: 'All is well.', license },
    ...{ ts: '2026-08-21T09:30:00.000Z', nonce: 'b81c' },
  },
}

const activation: Shape = {
  name: 'Activation',
  schema: z.strictObject({
    id: z.string(),
    token: z.string().meta({ description: 'Opens this activation alone. Keep it; it does not change.' }),
    computer: z.strictObject({ id: z.string(), name: z.string(), fingerprint: z.string() }),
    licenses: z.array(licensed),
    nextCheckInAt: instant,
    notice: z.string().nullable().meta({ description: 'What to tell the owner of the key, if anything.' }),
    licenseFile: z.string().meta({ description: 'The text of the license file, for running without the portal.' }),
  }),
  example: {
    id: 'act_01',
    token: 'act_01.1.Yb3…',
    computer: { id: 'com_01', name: 'FRONT-01', fingerprint: '5f2b9c' },
    licenses: [license],
    nextCheckInAt: '2026-08-22T09:30:00.000Z',
    notice: null,
    licenseFile: '-----BEGIN LICENSE FILE-----\neyJlbmMi…\n-----END LICENSE FILE-----\n',
  },
}

const checkedIn: Shape = {
  name: 'CheckedIn',
  schema: z.strictObject({ licenses: z.array(licensed), nextCheckInAt: instant }),
  example: { licenses: [license], nextCheckInAt: '2026-08-22T09:30:00.000Z' },
}

const inPath = { id: 'The id of the activation, `act_…`.' }
const ofKey = ['activation-key-unknown', 'activation-key-removed', 'activation-key-rotated'] as const

export const activationOperations: readonly Operation[] = [
  {
    id: 'validate',
    tag: 'Software',
    method: 'post',
    path: '/api/v1/validations',
    summary: 'Validate an activation key',
    description:
      'Always 200: `code` says what is the matter and `valid` whether the software may run. With `product`, whether the key holds it; with `fingerprint`, whether it is active on that computer. It changes nothing. The codes and their order stand below.',
    open: true,
    body: { name: 'NewValidation', schema: validationBody },
    answers: [
      { status: 200, description: 'What is the matter, signed.', shape: validation, text: true, headers: signed },
    ],
    problems: ['invalid-request'],
    curl: `curl http://localhost:8787/api/v1/validations -X POST ${json} \\\n  -d '{"activationKey":"7QXM-2K9D-HT4W-B6RN","product":"remote-access","nonce":"b81c"}'`,
  },
  {
    id: 'activate',
    tag: 'Software',
    method: 'post',
    path: '/api/v1/activations',
    summary: 'Activate a product on a computer',
    description:
      'Takes the best license of the key that is on no computer; a server takes one of the places of key and account. `fingerprint` tells the computer from every other: the same one again gets the same activation and token, however often it is asked. Where all places are taken, `server-limit-reached` lists computers; send the id of one as `replace` and it is released in the same act. `versions` says what is installed, by code: `{"remote-access":"17.30"}`.',
    open: true,
    body: { name: 'NewActivation', schema: activationBody },
    answers: [
      {
        status: 201,
        description: 'Activated, with a token for this computer.',
        shape: activation,
        text: true,
        headers: signed,
      },
      {
        status: 200,
        description: 'It was active on this computer already.',
        shape: activation,
        text: true,
        headers: signed,
      },
    ],
    problems: [
      ...ofKey,
      ...(['activation-key-expired', 'account-suspended', 'product-not-on-key', 'address-not-allowed'] as const),
      ...(['license-expired', 'trial-used', 'server-limit-reached'] as const),
      ...(['release-budget', 'release-cooldown', 'invalid-request'] as const),
    ],
    curl: `curl ${activationsUrl} -X POST ${json} \\\n  -d '{"activationKey":"FABR-1K4M-EXTD-3Q8S","product":"extended-support","fingerprint":"0c7d11","hostname":"app-15.fabrikam.example","versions":{"extended-support":"1.61"}}'`,
  },
  {
    id: 'checkIn',
    tag: 'Software',
    method: 'post',
    path: '/api/v1/activations/{id}/check-ins',
    summary: 'Check in',
    description:
      'With the token of the activation. Says that the software is there and what is installed, and gets the license as it is now: after an upgrade or an extension, the new one. Send the `ETag` of the last answer and an unchanged license costs a 304. Within an hour of the last nothing is written. On `activation-released` the software must stop.',
    inPath,
    opens: 'token',
    headers: ['If-None-Match'],
    body: { name: 'NewCheckIn', schema: checkInBody },
    answers: [
      {
        status: 200,
        description: 'The license.',
        shape: checkedIn,
        text: true,
        headers: ['ETag', 'Next-Check-In', ...signed],
      },
      { status: 304, description: 'Nothing changed.', headers: ['ETag', 'Next-Check-In'] },
    ],
    problems: ['activation-released', 'fingerprint-mismatch', 'account-suspended', 'invalid-request'],
    curl: `${activated}\ncurl ${ofIt}/check-ins" -X POST ${token} ${json} \\\n  -d '{"products":[{"code":"live-patching","version":"2.95"}]}'`,
  },
  {
    id: 'readLicenseFile',
    tag: 'Software',
    method: 'get',
    path: '/api/v1/activations/{id}/license-file',
    summary: 'Refresh the license file',
    description:
      'With the token of the activation. The file is signed anew with the license as it is, so fetch it after an upgrade, an extension, or when it grows old. It is checked without the portal: with the public keys of `/.well-known/jwks.json`.',
    inPath,
    opens: 'token',
    answers: [{ status: 200, description: 'The file, to be saved as `<id>.lic`.', file: true }],
    problems: ['activation-released', 'account-suspended'],
    curl: `${activated}\ncurl ${ofIt}/license-file" ${token}`,
  },
  {
    id: 'release',
    tag: 'Software',
    method: 'delete',
    path: '/api/v1/activations/{id}',
    summary: 'Release a product from a computer',
    description:
      'With the token of the activation, or with an API key of whoever owns the computer or stands above. The license is free for another computer. What the customer does counts against the releases of a year; what the seller does, does not. Released twice is released once.',
    inPath,
    opens: 'token or key',
    headers: ['Idempotency-Key'],
    answers: [{ status: 204, description: 'It is released.' }],
    problems: ['not-found', 'release-budget', 'release-cooldown', 'idempotency-key-invalid', 'idempotency-key-reused'],
    curl: `${activated}\ncurl -X DELETE ${ofIt}" ${token}`,
  },
]
