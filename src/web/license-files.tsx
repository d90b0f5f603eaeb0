import { Hono } from 'hono'
import { findMachineInReach } from '#src/db/file-facts.ts'
import { listHeldWithActivation } from '#src/db/license-files.ts'
import { allows } from '#src/domain/accounts/acts.ts'
import { type FileRequest, requestFrom } from '#src/domain/license-files/request.ts'
import { type ComputerInUse, type FieldError, Refused, refuse } from '#src/domain/refusal.ts'
import { qrOf } from '#src/gateways/qr.ts'
import { ask } from '#src/http/ask.ts'
import { formBody } from '#src/http/bodies.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { fileResponse } from '#src/http/files.ts'
import { may } from '#src/http/guards.ts'
import { formatsOf } from '#src/http/own-formats.tsx'
import { statuses } from '#src/http/statuses.ts'
import { activateOffline } from '#src/use-cases/license-files/activate-offline.ts'
import { fileOfLicense, type NamedFile } from '#src/use-cases/license-files/file-of-license.ts'
import { fileOfMachine } from '#src/use-cases/license-files/file-of-machine.ts'
import { NewLicenseFilePage } from '#views/pages/license-files/new.tsx'
import { LicenseFilePage } from '#views/pages/license-files/one.tsx'
import { activationErrors } from '#views/pages/license-files/words.ts'
import { paths, withQuery } from '#views/paths.ts'
import { frameOf } from './frame.ts'

/** License files: of a license and its support for older releases, and of a computer without a line. */
export const licenseFilePages = new Hono<HttpEnv>()
  .get('/licenses/:id/license.lic', may('license.read'), async (c) => download(c, await fileOf(c, 'license')))
  .get('/licenses/:id/support.lic', may('license.read'), async (c) => download(c, await fileOf(c, 'support')))
  .get(paths.newLicenseFile, may('computer.activate'), showNew)
  .post(paths.licenseFiles, may('computer.activate'), create)
  .get('/license-files/:id', may('license.read'), show)
  .get('/license-files/:id/license.lic', may('license.read'), downloadMachine)

const idIn = (c: HttpContext): string => c.req.param('id') ?? ''

const fileOf = (c: HttpContext, kind: 'license' | 'support'): Promise<NamedFile> =>
  fileOfLicense(c.var.deps, c.var.asking, idIn(c), kind)

const download = (c: HttpContext, { fileName, text }: NamedFile) => fileResponse(c, fileName, text)

async function showNew(c: HttpContext) {
  const typed = c.req.query('request') ?? ''
  if (typed === '') return answerNew(c, { typed })
  try {
    return answerNew(c, { typed, request: requestFrom(typed) })
  } catch (error) {
    return answerNew(c, { typed, ...refused(c, error) }, 422)
  }
}

type Asked = {
  readonly typed: string
  readonly request?: FileRequest | null
  readonly inUse?: readonly ComputerInUse[]
  readonly errors?: readonly FieldError[]
}

async function answerNew(c: HttpContext, asked: Asked, status: 200 | 409 | 422 = 200) {
  const { typed, request = null, inUse = [], errors = [] } = asked
  const { actor } = await ask(c, () => [])
  const frame = frameOf(c, actor)
  return c.html(<NewLicenseFilePage {...{ frame, typed, request, inUse, errors }} />, status)
}

/** What a refusal says in the form; anything that it cannot mend goes on. */
function refused(c: HttpContext, error: unknown) {
  const refusal = error instanceof Refused ? error.refusal : null
  const errors = refusal && activationErrors(refusal, formatsOf(c))
  if (!refusal || !errors) throw error
  return { errors, inUse: refusal.code === 'server-limit-reached' ? refusal.computers : [], code: refusal.code }
}

async function create(c: HttpContext) {
  const { request: typed = '', replace } = await formBody(c)
  let request: FileRequest | null = null
  try {
    request = requestFrom(typed)
    const { machine } = await activateOffline(c.var.deps, c.var.asking, request, replace || null)
    return c.redirect(withQuery(paths.licenseFile(machine.id), { locked: request.locked ? '1' : '' }), 303)
  } catch (error) {
    const { code, ...asked } = refused(c, error)
    return answerNew(c, { typed: typed.slice(0, 5000), request, ...asked }, statuses[code] === 409 ? 409 : 422)
  }
}

async function machineIn(c: HttpContext) {
  const { actor, rows } = await ask(c, (reach) => [findMachineInReach(reach, idIn(c)), listHeldWithActivation(idIn(c))])
  const [[machine], held] = rows
  if (!machine) return refuse({ code: 'not-found' })
  const locked = c.req.query('locked') === '1'
  return { actor, machine, locked, text: await fileOfMachine(c.var.deps, machine, held, locked) }
}

async function show(c: HttpContext) {
  const { actor, machine, locked, text } = await machineIn(c)
  const { product, computer, id } = machine
  const after = (days: number) => new Date(c.var.deps.now().getTime() + days * 86_400_000)
  return c.html(
    <LicenseFilePage
      frame={frameOf(c, actor)}
      activationId={id}
      computer={computer.name}
      productName={product.name}
      text={text}
      locked={locked}
      expiresAt={after(product.fileDays)}
      graceUntil={after(product.fileDays + product.checkInGraceDays)}
      qr={c.req.query('as') === 'qr' ? await qrOf(text) : null}
      activates={allows(actor, 'computer.activate')}
    />,
  )
}

async function downloadMachine(c: HttpContext) {
  const { machine, text } = await machineIn(c)
  return download(c, { fileName: `license-${machine.id}.lic`, text })
}
