import type { Hono } from 'hono'
import { api } from './api/api.ts'
import { problemFor } from './api-or-page.ts'
import { frontPages } from './front.ts'
import type { HttpEnv } from './http/context.ts'
import { health } from './http/health.ts'
import { keySet } from './http/key-set.ts'
import { pagesDoor } from './pages-door.ts'
import { type DepsFor, shellAround } from './shell.ts'
import { oneActivationKeyPages } from './web/activation-key.tsx'
import { activationKeyPages } from './web/activation-keys.tsx'
import { assignLicensePages } from './web/assign-license.tsx'
import { bulkComputerPages } from './web/bulk-computers.tsx'
import { bulkLicensePages } from './web/bulk-licenses.tsx'
import { computerGroupPages } from './web/computer-groups.tsx'
import { computerPages } from './web/computers.tsx'
import { creditPages } from './web/credits.tsx'
import { devMailPages } from './web/dev-mail.tsx'
import { documentationPages } from './web/documentation.tsx'
import { eventPages } from './web/events.tsx'
import { exportPages } from './web/exports.ts'
import { licenseDeletionPages } from './web/license-deletions.tsx'
import { licenseFilePages } from './web/license-files.tsx'
import { licenseUpgradePages } from './web/license-upgrades.tsx'
import { newActivationKeyPages } from './web/new-activation-keys.tsx'
import { paidSupportPages } from './web/paid-support.tsx'
import { paidUpgradePages } from './web/paid-upgrades.tsx'
import { productPages } from './web/products.tsx'
import { releasePages } from './web/releases.tsx'
import { removalPages } from './web/removals.tsx'
import { removeActivationKeyPages } from './web/remove-activation-key.tsx'
import { removeActivationKeysPages } from './web/remove-activation-keys.tsx'
import { oneResellerPages } from './web/reseller.tsx'
import { resellerCreditPages } from './web/reseller-credits.tsx'
import { resellerPages } from './web/resellers.tsx'
import { rotateActivationKeyPages } from './web/rotate-activation-key.tsx'
import { signInCodePages } from './web/sign-in-code.tsx'
import { subscriptionPages } from './web/subscriptions.tsx'
import { supportPages } from './web/support.tsx'
import { supportExtensionPages } from './web/support-extensions.tsx'

/** Every other page: a Worker evaluates them when the first of them is asked for. */
const backPages = [
  bulkLicensePages,
  licenseUpgradePages,
  paidUpgradePages,
  paidSupportPages,
  licenseDeletionPages,
  licenseFilePages,
  releasePages,
  supportPages,
  supportExtensionPages,
  newActivationKeyPages,
  removeActivationKeysPages,
  rotateActivationKeyPages,
  activationKeyPages,
  oneActivationKeyPages,
  removeActivationKeyPages,
  assignLicensePages,
  bulkComputerPages,
  removalPages,
  computerPages,
  computerGroupPages,
  resellerPages,
  oneResellerPages,
  resellerCreditPages,
  creditPages,
  eventPages,
  exportPages,
  documentationPages,
  signInCodePages,
  productPages,
  subscriptionPages,
  devMailPages,
]

/** All doors but those of what is a part of its own: installed software, the shop. */
export const doors = [health, keySet, api, pagesDoor([...backPages, ...frontPages])]

/** All of the portal that people and their scripts use: front and back, pages and calls. */
export const createRest = (depsFor: DepsFor): Hono<HttpEnv> => shellAround(doors, depsFor, problemFor)
