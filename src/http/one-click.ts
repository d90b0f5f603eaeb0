import type { HttpContext } from './context.ts'

/**
 * What a mailed link is answered, by a form of either kind (RFC 8058). A mail program that unsubscribes with one click names
 * no answer: the empty text.
 */
export async function answerIn(c: HttpContext): Promise<string> {
  // A multipart body that breaks off says nothing but that it was sent.
  const { answer } = await c.req.parseBody().catch((): Record<string, string> => ({}))
  return typeof answer === 'string' ? answer : ''
}
