import { Hono } from 'hono'
import * as z from 'zod'
import type { FileKind } from '#src/domain/license-files/content.ts'
import { longestRequest, requestFrom } from '#src/domain/license-files/request.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { fileResponse } from '#src/http/files.ts'
import { may } from '#src/http/guards.ts'
import { bodyOf } from '#src/http/input.ts'
import { activateOffline } from '#src/use-cases/license-files/activate-offline.ts'
import { fileOfLicense } from '#src/use-cases/license-files/file-of-license.ts'
import { fileOfMachine } from '#src/use-cases/license-files/file-of-machine.ts'

const textError = 'This is a text, in quotes'

/** The request of software without a line, as it shows it, and the id of a computer that makes way for it. */
export const licenseFileBody = z.strictObject({
  request: z.string(textError).meta({ maxLength: longestRequest }),
  replace: z.string(textError).max(64, 'Not the id of an activation').nullable().optional(),
})

/** Calls about license files. */
export const licenseFileCalls = new Hono<HttpEnv>()
  .get('/api/v1/licenses/:id/license-file', may('license.read'), (c) => download(c, 'license'))
  .get('/api/v1/licenses/:id/support-file', may('license.read'), (c) => download(c, 'support'))
  .post('/api/v1/license-files', may('computer.activate'), create)

/** The file of a license, or of its support: signed anew, to be saved under its name. */
async function download(c: HttpContext, kind: FileKind) {
  const { fileName, text } = await fileOfLicense(c.var.deps, c.var.asking, c.req.param('id') ?? '', kind)
  return fileResponse(c, fileName, text)
}

/** Activates a computer without a line: 201 with its license file; the same request again 200, with the same computer. */
async function create(c: HttpContext) {
  const { request: typed, replace = null } = await bodyOf(c, licenseFileBody)
  const request = requestFrom(typed)
  const { machine, held, isNew } = await activateOffline(c.var.deps, c.var.asking, request, replace)
  const { id, computer } = machine
  const licenseFile = await fileOfMachine(c.var.deps, machine, held, request.locked)
  const { name, fingerprint } = computer
  return c.json({ id, computer: { id: computer.id, name, fingerprint }, licenseFile }, isNew ? 201 : 200)
}
