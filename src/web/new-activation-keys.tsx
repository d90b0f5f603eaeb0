import { Hono } from 'hono'
import { codeFrom } from '#src/domain/activation-keys/code.ts'
import type { KeyDraft } from '#src/domain/activation-keys/wanted.ts'
import { keyCodeFrom } from '#src/domain/licenses/serial.ts'
import { type FieldError, Refused } from '#src/domain/refusal.ts'
import { ask } from '#src/http/ask.ts'
import { formBody } from '#src/http/bodies.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { may } from '#src/http/guards.ts'
import { onceOfForm } from '#src/http/idempotency.ts'
import { leaveNotice } from '#src/http/notices.ts'
import { statuses } from '#src/http/statuses.ts'
import { createActivationKeys } from '#src/use-cases/activation-keys/create-activation-keys.ts'
import { CodeCheck, CodeField, NewKeyPage } from '#views/pages/activation-keys/new.tsx'
import { paths } from '#views/paths.ts'
import { frameOf, wantsPart } from './frame.ts'

/** Making activation keys. */
export const newActivationKeyPages = new Hono<HttpEnv>()
  .get(paths.newActivationKey, may('activation-key.create'), showForm)
  .post(paths.activationKeys, may('activation-key.create'), create)

const draftOf = ({ name = '', code = '', note = '', count = '1' }: Record<string, string>): KeyDraft => ({
  ...{ name, code, note, count },
})

/** The form; with `random` a key made up for it; to htmx the check of what is typed as the key, or the field alone. */
async function showForm(c: HttpContext) {
  const query = c.req.query()
  const { actor } = await ask(c, () => [])
  const random = 'random' in query
  const draft = { ...draftOf(query), ...(random ? { code: keyCodeFrom(c.var.deps.random(16)) } : {}) }
  if (wantsPart(c)) {
    const code = codeFrom(draft.code)
    return c.html(random ? <CodeField code={code} errors={[]} /> : <CodeCheck code={code} />)
  }
  const request = c.var.deps.newId('request')
  return c.html(<NewKeyPage frame={frameOf(c, actor)} draft={draft} request={request} errors={[]} />)
}

async function create(c: HttpContext) {
  const form = await formBody(c)
  const draft = draftOf(form)
  try {
    const { response } = await createActivationKeys(c.var.deps, c.var.asking, draft, await onceOfForm(c, form))
    const [only, ...more] = response
    leaveNotice(c, more.length > 0 ? 'activation-keys-created' : 'activation-key-created')
    return c.redirect(only && more.length === 0 ? paths.activationKey(only.id) : paths.activationKeys, 303)
  } catch (error) {
    const errors = error instanceof Refused ? errorsOf(error) : null
    if (!errors) throw error
    const { actor } = await ask(c, () => [])
    const request = c.var.deps.newId('request')
    const page = <NewKeyPage frame={frameOf(c, actor)} draft={draft} request={request} errors={errors} />
    return c.html(page, statuses[(error as Refused).refusal.code])
  }
}

function errorsOf({ refusal }: Refused): readonly FieldError[] | null {
  if (refusal.code === 'invalid-request') return refusal.errors
  if (refusal.code !== 'activation-key-taken') return null
  const detail = 'This key is taken: change it, or have a random one made'
  return [{ pointer: 'code', code: 'taken', detail }]
}
