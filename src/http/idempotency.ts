import { refuse } from '#src/domain/refusal.ts'
import { fingerprintOf } from '#src/gateways/secrets.ts'
import type { Once } from '#src/use-cases/once.ts'
import type { HttpContext } from './context.ts'

/**
 * The `Idempotency-Key` of a call with the fingerprint of what is asked: method, path and body as sent; `null` where no
 * key was sent. Quotes around the key are the header's, not the key's.
 */
export async function onceOf(c: HttpContext): Promise<Once | null> {
  const sent = c.req.header('idempotency-key')
  if (sent === undefined) return null
  const key = sent.trim().replace(/^"(.*)"$/, '$1')
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) refuse({ code: 'idempotency-key-invalid' })
  return { key, hash: await fingerprintOf(`${c.req.method} ${c.req.path}\n${await c.req.text()}`) }
}

/** The same of a form, whose key is its hidden field `request`. */
export async function onceOfForm(c: HttpContext, form: Record<string, string>): Promise<Once | null> {
  const key = form.request ?? ''
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) return null
  return { key, hash: await fingerprintOf(`${c.req.method} ${c.req.path}\n${await c.req.text()}`) }
}
