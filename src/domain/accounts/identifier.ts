/** What somebody types to say who they are: an e-mail or a login name, and the key it is looked up by. */
export type Identifier = { readonly kind: 'email' | 'login'; readonly text: string; readonly key: string }

export const longestEmail = 254

/** Reads an identifier; an `@` makes it an e-mail. */
export function identifierOf(typed: string): Identifier {
  const text = typed.trim()
  return text.includes('@')
    ? { kind: 'email', text, key: emailKey(text) }
    : { kind: 'login', text, key: loginKey(text) }
}

/**
 * The key an e-mail is found by: the local part in lower case, the domain in lower-case ASCII. A letter outside ASCII
 * never folds into ASCII (K is not k), so that nobody is found by a look-alike (`threats.md`, I4).
 */
export function emailKey(email: string): string {
  const at = email.lastIndexOf('@')
  return `${lower(email.slice(0, at).trim())}@${asciiDomain(email.slice(at + 1).trim())}`
}

export const loginKey = (login: string): string => lower(login.trim())

/** Whether a text can be mailed to at all; the mail itself is the only proof. */
export function looksLikeEmail(text: string): boolean {
  const at = text.lastIndexOf('@')
  const domain = text.slice(at + 1)
  return (
    at > 0 &&
    text.length <= longestEmail &&
    domain.includes('.') &&
    !/[\s<>"(),;:\\/#?%[\]]/.test(text) &&
    !domain.startsWith('.') &&
    !domain.endsWith('.')
  )
}

const isAscii = (char: string): boolean => char < '\u0080'

const lower = (text: string): string =>
  Array.from(text, (char) => {
    const folded = char.toLowerCase()
    return !isAscii(char) && isAscii(folded) ? char : folded
  }).join('')

/** What would not be read as part of a domain: its key is the text itself, so that it meets nobody else's. */
const notOfDomain = /[/#?:%@\\\s]/

function asciiDomain(domain: string): string {
  if (/^[a-z0-9.-]+$/i.test(domain)) return domain.toLowerCase()
  if (notOfDomain.test(domain)) return lower(domain)
  try {
    return new URL(`http://${domain}`).hostname
  } catch {
    return lower(domain)
  }
}
