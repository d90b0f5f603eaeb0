import type { HttpContext } from './context.ts'

/** Whether a shell script asks: plain text before JSON. */
export function wantsText(c: HttpContext): boolean {
  const accept = c.req.header('accept') ?? ''
  return accept.includes('text/plain') && !accept.includes('json')
}

/** One fact a line, `success:true` or `success:false` first: `licenses.0.product:remote-access`. Texts of several lines are left out. */
export const linesOf = (success: boolean, facts: Record<string, unknown>): string =>
  `${[`success:${success}`, ...lines('', facts)].join('\n')}\n`

function lines(name: string, value: unknown): string[] {
  if (typeof value !== 'object' || value === null) {
    const text = value === null || value === undefined ? '' : String(value)
    return text.includes('\n') ? [] : [`${name}:${text}`]
  }
  return Object.entries(value).flatMap(([key, one]) => lines(name === '' ? key : `${name}.${key}`, one))
}
