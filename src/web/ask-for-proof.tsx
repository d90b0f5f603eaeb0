import type { FieldError, Refusal } from '#src/domain/refusal.ts'
import type { HttpContext } from '#src/http/context.ts'
import { statuses } from '#src/http/statuses.ts'
import { ProofPage } from '#views/pages/sign-in/proof-again.tsx'
import { waitInWords } from '#views/wait-words.ts'
import { replacePage } from './frame.ts'

/** Asks for password or code before an act goes on. What was typed goes along with the form; passwords do not. */
export async function askForProof(c: HttpContext, refusal: Extract<Refusal, { code: 'proof-required' }>) {
  const { vendorName, supportEmail } = c.var.deps.settings
  const typed = c.req.method === 'POST' ? [...new URLSearchParams(await c.req.text())] : []
  const kept = typed.filter(([name]) => name !== 'again' && !/password|current/i.test(name))
  if (c.req.header('hx-request') === 'true') replacePage(c)
  return c.html(
    <ProofPage
      frame={{ vendorName, supportEmail }}
      action={c.req.path}
      proofs={refusal.with}
      kept={kept}
      errors={errorsOf(refusal)}
    />,
    statuses[refusal.code],
  )
}

function errorsOf({ code, tried, with: proofs }: Extract<Refusal, { code: 'proof-required' }>): FieldError[] {
  if (tried === null) return []
  const wrong = proofs.code
    ? 'This is neither your password nor a code that your app shows now. Type one of them again'
    : 'This is not your password. Type it again'
  const detail = tried === 'wrong' ? wrong : `There were too many tries. Wait ${waitInWords(tried.retryAfter)}`
  return [{ pointer: 'again', code, detail }]
}
