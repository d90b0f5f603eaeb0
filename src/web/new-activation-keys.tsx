import { Hono } from 'hono'
import { listKeyProducts } from '#src/db/key-products.ts'
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
import { CodeCheck, CodeField, NewKeyPage, type NewKeyTexts } from '#views/pages/activation-keys/new.tsx'
import { paths, withQuery } from '#views/paths.ts'
import { frameOf, wantsPart } from './frame.ts'
import { atFields, keyFieldsIn, textsIn } from './key-fields.ts'

/** Making activation keys. */
export const newActivationKeyPages = new Hono<HttpEnv>()
  .get(paths.newActivationKey, may('activation-key.create'), showForm)
  .post(paths.activationKeys, may('activation-key.create'), create)

const newTextsIn = (form: Record<string, string>): NewKeyTexts => ({
  ...textsIn(form),
  ...{ code: form.code ?? '', count: form.count ?? '1', product: form.product ?? '' },
})

/** The form; with `random` a key made up for it; to htmx the check of what is typed as the key, or the field alone. */
async function showForm(c: HttpContext) {
  const query = c.req.query()
  const random = 'random' in query
  const texts = { ...newTextsIn(query), ...(random ? { code: keyCodeFrom(c.var.deps.random(16)) } : {}) }
  if (!wantsPart(c)) return answerForm(c, texts, [], 200)
  await ask(c, () => [])
  const code = codeFrom(texts.code)
  return c.html(random ? <CodeField code={code} errors={[]} /> : <CodeCheck code={code} />)
}

async function answerForm(c: HttpContext, texts: NewKeyTexts, errors: readonly FieldError[], status: 200 | 409 | 422) {
  const { actor, rows } = await ask(c, (reach) => [listKeyProducts(reach)])
  const sells = actor.accountKind !== 'customer'
  const page = (
    <NewKeyPage
      frame={frameOf(c, actor)}
      texts={texts}
      products={rows[0].filter((one) => one.withdrawnAt === null && (sells || one.unit === 'server'))}
      anyProduct={sells || actor.serverProducts.length === 0}
      request={c.var.deps.newId('request')}
      errors={atFields(errors)}
    />
  )
  return c.html(page, status)
}

async function create(c: HttpContext) {
  const form = await formBody(c)
  const texts = newTextsIn(form)
  const draft: KeyDraft = { ...keyFieldsIn(form), ...pick(texts) }
  try {
    const { response } = await createActivationKeys(c.var.deps, c.var.asking, draft, await onceOfForm(c, form))
    if ('generate' in form) {
      leaveNotice(c, 'activation-key-generated')
      return c.redirect(withQuery(paths.activationKeys, { product: texts.product }), 303)
    }
    const [only, ...more] = response
    leaveNotice(c, more.length > 0 ? 'activation-keys-created' : 'activation-key-created')
    const list = withQuery(paths.activationKeys, { product: texts.product })
    return c.redirect(only && more.length === 0 ? paths.activationKey(only.id) : list, 303)
  } catch (error) {
    const errors = error instanceof Refused ? errorsOf(error) : null
    if (!errors) throw error
    return answerForm(c, texts, errors, statuses[(error as Refused).refusal.code] as 409 | 422)
  }
}

const pick = ({ name, note, code, count, product }: NewKeyTexts) => ({ name, note, code, count, product })

function errorsOf({ refusal }: Refused): readonly FieldError[] | null {
  if (refusal.code === 'invalid-request') return refusal.errors
  if (refusal.code === 'product-not-given') {
    return [{ pointer: 'product', code: 'not-given', detail: 'Choose one of the products of your account' }]
  }
  if (refusal.code !== 'activation-key-taken') return null
  const detail = 'This key is taken: change it, or have a random one made'
  return [{ pointer: 'code', code: 'taken', detail }]
}
