import { Hono } from 'hono'
import { atMost, bodyLimits, onlyType } from './http/bodies.ts'
import type { HttpEnv } from './http/context.ts'
import { sameOriginOnly } from './http/hosts.ts'
import { identifyByCookie } from './http/identify.ts'
import { inOwnFormats } from './http/own-formats.tsx'

type Door = Hono<HttpEnv>

/** Mail programs unsubscribe reports, warnings and digests with one click, by either kind of form (RFC 8058). */
const oneClick = { type: 'multipart/form-data', at: /^\/links\/(rcp|acc)_/ }

/** The pages' door: own forms only, small bodies, a cookie that is looked at, and its owner's way to write days. */
export function pagesDoor(pages: readonly Door[]): Door {
  const door = new Hono<HttpEnv>()
  door.use(sameOriginOnly, atMost(bodyLimits.form), onlyType('application/x-www-form-urlencoded', oneClick))
  door.use(identifyByCookie, inOwnFormats)
  for (const one of pages) door.route('/', one)
  return door
}
