import type { MiddlewareHandler } from 'hono'
import { type Formats, plainFormats } from '#src/domain/settings/formats.ts'
import { FormatsOfReader } from '#views/formats.ts'
import type { HttpContext, HttpEnv } from './context.ts'

/** The formats of whoever was let in; plain ones for whoever is not signed in. */
export const formatsOf = (c: HttpContext): Formats => c.var.asking?.admitted?.formats ?? plainFormats

/** Writes every page, and every part of one, with the days, times and money of whoever was let in to see it. */
export const inOwnFormats: MiddlewareHandler<HttpEnv> = async (c, next) => {
  const html = c.html as (page: unknown, ...more: unknown[]) => Response
  const written = (page: unknown, ...more: unknown[]): Response => {
    const formats = formatsOf(c)
    if (typeof page !== 'object' || (formats.locale === '' && formats.timeZone === '')) return html(page, ...more)
    return html(<FormatsOfReader.Provider value={formats}>{page as never}</FormatsOfReader.Provider>, ...more)
  }
  c.html = written as typeof c.html
  await next()
}
