import { createMiddleware } from 'hono/factory'
import { refuse } from '#src/domain/refusal.ts'
import { atMost, bodyLimits, onlyType } from '#src/http/bodies.ts'
import type { HttpEnv } from '#src/http/context.ts'
import { identifyByKey } from '#src/http/identify.ts'

/** Lets each key through so many times a minute; what comes without one is turned away by its route line. */
const perKey = createMiddleware<HttpEnv>(async (c, next) => {
  const { credential, deps } = c.var
  if (credential && !(await deps.fences.api(credential.id))) refuse({ code: 'too-many-requests', retryAfter: 60 })
  await next()
})

/** What stands before every call of a script: small bodies of JSON, a bearer key, so many a minute. No cookie is looked at. */
export const beforeCalls = [atMost(bodyLimits.json), onlyType('application/json'), identifyByKey, perKey] as const
