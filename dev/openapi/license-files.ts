import * as z from 'zod'
import { licenseFileBody } from '#src/api/license-files.ts'
import { releaseLinkBody, releaseRequestBody } from '#src/api/releases.ts'
import { requestText } from '#src/domain/license-files/request.ts'
import { fabrikamKey, jsonType } from './computers.ts'
import type { Operation, Shape } from './operation.ts'

const at = (path: string) => `http://localhost:8787/api/v1/${path}`
const vendorKey = "-H 'Authorization: Bearer ptk_demo_acme'"
const frontDesk = 'licenses/lic_00-ada-front'
const inPath = { id: 'The id of the license, `lic_…`.' }
const tag = 'License files'

const asked = requestText({
  activationKey: 'FABR-1K4M-PATC-7H0G',
  product: 'live-patching',
  fingerprint: '5d41402abc4b2a76b9719d911017c592',
  hostname: 'vault-01.fabrikam.example',
  versions: { 'live-patching': '2.95' },
  locked: false,
})
const made: Shape = {
  name: 'OfflineActivation',
  schema: z.strictObject({
    id: z.string(),
    computer: z.strictObject({ id: z.string(), name: z.string(), fingerprint: z.string() }),
    licenseFile: z.string().meta({ description: 'To be carried to the computer as it is.' }),
  }),
  example: {
    id: 'act_01K3X5Q8R2',
    computer: {
      id: 'com_01K3X5Q8R2',
      name: 'vault-01.fabrikam.example',
      fingerprint: '5d41402abc4b2a76b9719d911017c592',
    },
    licenseFile: '-----BEGIN LICENSE FILE-----\neyJlbmMiOiJ…\n-----END LICENSE FILE-----\n',
  },
}
const releaseRequest: Shape = {
  name: 'ReleaseRequest',
  schema: z.strictObject({ license: z.string() }),
  example: { license: 'lic_00-ada-front' },
}
const newFile: Shape = {
  name: 'NewLicenseFile',
  schema: licenseFileBody,
  example: { request: asked },
}

export const licenseFileOperations: readonly Operation[] = [
  {
    ...{ id: 'readFileOfLicense', tag, method: 'get', path: '/api/v1/licenses/{id}/license-file' },
    summary: 'Download the license file of a license',
    description:
      'For releases that are licensed by files. It names the computer of the license, and is checked without the portal: with the public keys of `/.well-known/jwks.json`.',
    inPath,
    answers: [{ status: 200, description: 'The file, to be saved as `license-<serial>.lic`.', file: true }],
    problems: ['not-found'],
    curl: `curl ${at(frontDesk)}/license-file \\\n  ${vendorKey}`,
  },
  {
    ...{ id: 'readFileOfSupport', tag, method: 'get', path: '/api/v1/licenses/{id}/support-file' },
    summary: 'Download the file of a support',
    description: 'The support of a license as a signed file. `not-found` where the license has none.',
    inPath,
    answers: [{ status: 200, description: 'The file, to be saved as `support-<serial>.lic`.', file: true }],
    problems: ['not-found'],
    curl: `curl ${at(frontDesk)}/support-file \\\n  ${vendorKey}`,
  },
  {
    ...{ id: 'activateOffline', tag, method: 'post', path: '/api/v1/license-files' },
    summary: 'Activate a computer without a line',
    description:
      'With the request that its software shows: `PR1.` and letters, or JSON. The same limits and refusals as when the software asks itself; the same request again is the same activation. `replace` is the activation of a computer that makes way.',
    body: newFile,
    answers: [
      { status: 201, description: 'It is activated.', shape: made },
      { status: 200, description: 'It was before; the file is signed anew.', shape: made },
    ],
    problems: [
      ...(['activation-key-unknown', 'activation-key-removed', 'activation-key-rotated'] as const),
      ...(['activation-key-expired', 'account-suspended', 'product-not-on-key', 'address-not-allowed'] as const),
      ...(['license-expired', 'trial-used', 'server-limit-reached'] as const),
      ...(['release-budget', 'release-cooldown', 'invalid-request'] as const),
    ],
    curl: `curl ${at('license-files')} -X POST \\\n  ${fabrikamKey} \\\n  ${jsonType} \\\n  -d '{"request":"${asked}"}'`,
  },
  {
    ...{ id: 'askForRelease', tag, method: 'post', path: '/api/v1/licenses/{id}/release-requests' },
    summary: 'Ask the seller for a release',
    description:
      'Where the releases of a license are used up: a letter to whoever sold it, once a day and license. `DELETE /api/v1/activations/{id}` releases where some are left.',
    inPath,
    body: { name: 'NewReleaseRequest', schema: releaseRequestBody },
    answers: [{ status: 201, description: 'The seller is asked.', shape: releaseRequest }],
    problems: ['not-found', 'invalid-request', 'release-asked'],
    curl: `curl ${at(frontDesk)}/release-requests -X POST \\\n  ${vendorKey} \\\n  ${jsonType} \\\n  -d '{"reason":"The laptop was stolen"}'`,
  },
  {
    ...{ id: 'mailReleaseLink', tag, method: 'post', path: '/api/v1/release-links', open: true },
    summary: 'Have a link mailed that releases a lost computer',
    description:
      'To whoever owns what runs with the activation key. The answer is the same for keys that exist and others; more than five an hour are not sent.',
    body: { name: 'NewReleaseLink', schema: releaseLinkBody },
    answers: [{ status: 202, description: 'If the key is known, a letter is on its way.' }],
    problems: ['invalid-request'],
    curl: `curl ${at('release-links')} -X POST \\\n  ${jsonType} \\\n  -d '{"activationKey":"FABR-1K4M-PATC-7H0G"}'`,
  },
]
