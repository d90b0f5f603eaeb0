import { Hono } from 'hono'
import type { HttpEnv } from './context.ts'
import { anyone } from './guards.ts'

const hour = 3600

/**
 * The public keys of license files and signed answers (R313), for everybody and cacheable. One that is to sign next
 * stands here before it does, behind the one that signs: whoever caches knows it in time.
 */
export const keySet = new Hono<HttpEnv>().get('/.well-known/jwks.json', anyone(), async (c) =>
  c.json({ keys: await c.var.deps.licenseKeys.publicKeys() }, 200, {
    'Content-Type': 'application/jwk-set+json',
    'Cache-Control': `public, max-age=${hour}`,
  }),
)
