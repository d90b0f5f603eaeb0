import { Hono } from 'hono'
import * as z from 'zod'
import type { Machine } from '#src/db/machines.ts'
import { normalOf } from '#src/domain/activation-keys/code.ts'
import { standingOf } from '#src/domain/activations/licensed.ts'
import { longestFingerprint, longestHostname, longestVersion, mostProducts } from '#src/domain/activations/told.ts'
import type { Product } from '#src/domain/computers/installed.ts'
import { dayOf } from '#src/domain/day.ts'
import { supportStatus } from '#src/domain/support/support.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { isHeld } from '#src/http/etags.ts'
import { fileResponse } from '#src/http/files.ts'
import { anyone, holder, holderOr } from '#src/http/guards.ts'
import { onceOf } from '#src/http/idempotency.ts'
import { bodyOf } from '#src/http/input.ts'
import { activate } from '#src/use-cases/activations/activate.ts'
import { checkIn } from '#src/use-cases/activations/check-in.ts'
import { releaseOwn } from '#src/use-cases/activations/release-own.ts'
import { takeLicenseFile } from '#src/use-cases/activations/take-license-file.ts'
import { releaseActivation } from '#src/use-cases/computers/release-activation.ts'
import { fileOfMachine } from '#src/use-cases/license-files/file-of-machine.ts'
import { activationShape, licensesOf } from './shapes/activation.ts'
import { answer, perActivationKey } from './software.ts'
import { activationKey, productCode } from './validations.ts'

const textError = 'This is a text, in quotes'
const version = z.string(textError).max(longestVersion, `Shorten the version to ${longestVersion} characters`)
const installed = z
  .array(z.strictObject({ code: productCode.min(1, 'Name the product'), version }))
  .max(mostProducts, `Tell of at most ${mostProducts} products`)
const fingerprint = z.string(textError).meta({ maxLength: longestFingerprint })
const hostname = z.string(textError).meta({ maxLength: longestHostname })

/** The body of an activation. */
export const activationBody = z.strictObject({
  activationKey,
  product: productCode,
  fingerprint,
  hostname,
  versions: z.union([installed, z.record(productCode, version)]).optional(),
  replace: z.string(textError).max(64, 'Send the id of a computer, `com_…`').optional(),
})

/** The body of a check-in. */
export const checkInBody = z.strictObject({
  fingerprint: fingerprint.optional(),
  hostname: hostname.optional(),
  products: installed.optional(),
})

/** What installed software asks for: to be activated, to check in, to be released. */
export const activationCalls = new Hono<HttpEnv>()
  .post('/api/v1/activations', anyone(), create)
  .post('/api/v1/activations/:id/check-ins', holder(), createCheckIn)
  .get('/api/v1/activations/:id/license-file', holder(), showLicenseFile)
  .delete('/api/v1/activations/:id', holderOr('computer.release'), remove)

const idIn = (c: HttpContext): string => c.req.param('id') ?? ''
const today = (c: HttpContext) => dayOf(c.var.deps.now())
const from = (c: HttpContext) => ({ address: c.var.address, requestId: c.var.requestId })
const holding = (c: HttpContext) => ({ id: idIn(c), token: c.var.token ?? '' })

const listed = (versions: readonly Product[] | Readonly<Record<string, string>>): readonly Product[] =>
  Array.isArray(versions) ? versions : Object.entries(versions).map(([code, one]) => ({ code, version: one }))

/** Activates a product: 201 with a token for this computer; the same computer again 200, with the same. */
async function create(c: HttpContext) {
  const { versions, replace = null, ...told } = await bodyOf(c, activationBody)
  await perActivationKey(c, normalOf(told.activationKey))
  const wanted = { ...told, replace, installed: versions ? listed(versions).slice(0, mostProducts) : null }
  const activated = await activate(c.var.deps, wanted, from(c))
  const licenseFile = await fileOfMachine(c.var.deps, activated.machine, activated.held)
  return answer(c, activationShape(activated, licenseFile, today(c)), activated.isNew ? 201 : 200)
}

/** Notes that the software is there: 200 with its license, or 304 where it holds that already. */
async function createCheckIn(c: HttpContext) {
  const { fingerprint: print = null, hostname: name = null, products = null } = await bodyOf(c, checkInBody)
  const told = { fingerprint: print, hostname: name, installed: products }
  const { machine, nextCheckInAt } = await checkIn(c.var.deps, holding(c), told, from(c))
  c.header('ETag', etagFor(c, machine))
  c.header('Next-Check-In', nextCheckInAt.toISOString())
  if (isHeld(c, etagFor(c, machine).slice(2))) return c.body(null, 304)
  return answer(c, { licenses: licensesOf(machine, today(c)), nextCheckInAt: nextCheckInAt.toISOString() }, 200)
}

/** Of the license and how it stands; days that count down and the next check-in make no other answer of it: so it is weak. */
function etagFor(c: HttpContext, machine: Machine): string {
  const { license } = machine
  const support = supportStatus(license?.supportEndsOn ?? null, today(c))
  return `W/"${[license?.id ?? 'server', license?.version ?? 0, standingOf(machine, today(c)), support].join('.')}"`
}

/** The license file as it is now: signed anew, good for the product's days. */
async function showLicenseFile(c: HttpContext) {
  const text = await takeLicenseFile(c.var.deps, holding(c))
  return fileResponse(c, `${idIn(c)}.lic`, text)
}

/** Releases the product from its computer; 204, also where that was done before. */
async function remove(c: HttpContext) {
  const { deps, token, asking } = c.var
  if (token === null) await releaseActivation(deps, asking, idIn(c), await onceOf(c))
  else await releaseOwn(deps, holding(c), from(c))
  return c.body(null, 204)
}
