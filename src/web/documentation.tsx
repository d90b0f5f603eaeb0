import { Hono } from 'hono'
import { ask } from '#src/http/ask.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { anyone, signedIn } from '#src/http/guards.ts'
import { Public } from '#views/layouts/public.tsx'
import { ApiReference } from '#views/pages/documentation/api-reference.tsx'
import { GuidePage } from '#views/pages/documentation/guide.tsx'
import type { OpenapiDocument } from '#views/pages/documentation/openapi-document.ts'
import { paths } from '#views/paths.ts'
import { frameOf } from './frame.ts'

/** The guide to this portal, and the reference of its API. */
export const documentationPages = new Hono<HttpEnv>()
  .get(paths.documentation, signedIn(), showGuide)
  .get(paths.apiReference, anyone(), showReference)

async function showGuide(c: HttpContext) {
  const { actor } = await ask(c, () => [])
  return c.html(<GuidePage frame={frameOf(c, actor)} orderPrefix={c.var.deps.settings.orderPrefix} />)
}

async function showReference(c: HttpContext) {
  const { settings, apiDocument } = c.var.deps
  const document = (await apiDocument()) as OpenapiDocument
  return c.html(
    <Public title="API reference" vendorName={settings.vendorName} supportEmail={settings.supportEmail} wide>
      <ApiReference document={document} />
    </Public>,
  )
}
