import type { HttpContext } from './context.ts'

/**
 * Begins work once the answer has left. Work that takes longer for somebody who is known would tell so by the time of an
 * answer that it shares its turn with, however early it was asked for (`threats.md`, A1, A2).
 */
export function afterAnswer(c: HttpContext, work: () => Promise<unknown>): void {
  c.var.deps.afterwards(new Promise((resolve) => setTimeout(resolve)).then(work))
}
