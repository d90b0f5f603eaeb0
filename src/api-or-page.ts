import { problemOf } from './api/problems.ts'
import type { HttpContext } from './http/context.ts'
import type { Translator } from './shell.ts'
import { pageProblem } from './web/problems.tsx'

const isCall = (c: HttpContext): boolean => c.req.path.startsWith('/api/') || c.req.path.startsWith('/webhooks/')

/** A problem as JSON for scripts and providers, a page for people. */
export const problemFor: Translator = (c, error) => (isCall(c) ? problemOf(c, error) : pageProblem(c, error))
