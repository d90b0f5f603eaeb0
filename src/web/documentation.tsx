import { Hono } from 'hono'
import { ask } from '#src/http/ask.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { signedIn } from '#src/http/guards.ts'
import { GuidePage } from '#views/pages/documentation/guide.tsx'
import { paths } from '#views/paths.ts'
import { frameOf } from './frame.ts'

/** The guide to this portal. */
export const documentationPages = new Hono<HttpEnv>().get(paths.documentation, signedIn(), showGuide)

async function showGuide(c: HttpContext) {
  const { actor } = await ask(c, () => [])
  return c.html(<GuidePage frame={frameOf(c, actor)} orderPrefix={c.var.deps.settings.orderPrefix} />)
}
