import { Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
import { findLetter, listNewestLetters } from '#src/db/outbox.ts'
import { read } from '#src/db/query.ts'
import { refuse } from '#src/domain/refusal.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { anyone } from '#src/http/guards.ts'
import { renderLetter } from '#src/use-cases/letters/render-letter.tsx'
import { DevLetterPage, DevMailPage } from '#views/pages/dev-mail.tsx'
import { paths } from '#views/paths.ts'

/** The mailbox of development: every letter of the outbox, rendered. In production these addresses do not exist. */
const inDevelopment = createMiddleware<HttpEnv>(async (c, next) => {
  if (!c.var.deps.settings.development) refuse({ code: 'not-found' })
  await next()
})

export const devMailPages = new Hono<HttpEnv>()
  .get(paths.devMail, anyone(), inDevelopment, showLetters)
  .get('/dev/mail/:id', anyone(), inDevelopment, showLetter)

async function showLetters(c: HttpContext) {
  const { deps } = c.var
  const [rows] = await read(deps.db, [listNewestLetters({ limit: 100 })])
  const letters = await Promise.all(
    rows.map(async (row) => ({ ...row, subject: (await renderLetter(deps, row)).subject })),
  )
  return c.html(<DevMailPage vendorName={deps.settings.vendorName} letters={letters} />)
}

async function showLetter(c: HttpContext) {
  const { deps } = c.var
  const [[row]] = await read(deps.db, [findLetter({ id: c.req.param('id') ?? '' })])
  if (!row) return refuse({ code: 'not-found' })
  const letter = await renderLetter(deps, row)
  return c.html(<DevLetterPage vendorName={deps.settings.vendorName} letter={letter} state={row.state} />)
}
