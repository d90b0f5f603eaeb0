import { folded } from '../text.ts'

export const shortestPassword = 8
export const longestPassword = 256

/** What a guesser tries first, whatever digits and signs stand around it. */
const common = new Set(
  `password passwort passwd pass secret geheim admin administrator root user guest login welcome willkommen bienvenue letmein
  changeme default master access test testing demo sample temp temporary qwerty qwertz azerty qwertyuiop asdfgh asdfghjkl
  yxcvbn zxcvbn zxcvbnm abcdef abcdefg abcdefgh abc iloveyou monkey dragon sunshine princess football baseball superman
  batman shadow michael jennifer jordan hunter ranger buster soccer hockey harley killer pepper freedom trustno starwars
  computer internet server license licence software reseller partner portal portico summer winter spring autumn sommer
  hallo hello whatever flower lovely ninja mustang matrix cheese charlie donald google apple samsung microsoft oracle
  passw0rd p@ssword p@ssw0rd pa55word qazwsx q1w2e3r4 1q2w3e4r 1qaz2wsx qweasd qweasdzxc aaaaaaaa zaq12wsx`.split(
    /\s+/,
  ),
)

type Context = { readonly login: string; readonly email: string; readonly vendorName: string }

/** What is wrong with a password as a sentence that says how to mend it, or `null` (`threats.md`, A13). */
export function passwordProblem(password: string, context: Context): string | null {
  const length = Array.from(password).length
  if (length < shortestPassword) return `Use at least ${shortestPassword} characters`
  if (password.length > longestPassword) return `Use at most ${longestPassword} characters`
  if (isCommon(password)) return 'This password is among the first that are guessed. Use another one, or a random one'
  if (isOfContext(password, context)) {
    return 'This password is made of your login, e-mail or the name of the portal. Use another one, or a random one'
  }
  return null
}

/** A password of the list, with digits and signs before or behind it or not, or of hardly any different characters. */
function isCommon(password: string): boolean {
  const plain = folded(password)
  const bare = plain.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  if (new Set(plain).size < 4) return true
  if (plain.length <= 16 && '01234567890123456789 98765432109876543210'.includes(plain)) return true
  return common.has(plain) || (common.has(bare) && plain.length - bare.length < 8)
}

/** Whether fewer characters than a password needs are left without the words that everybody knows. */
function isOfContext(password: string, { login, email, vendorName }: Context): boolean {
  const plain = lettersOf(password)
  const words = [login, email, ...email.split('@'), vendorName, ...vendorName.split(/\s+/)].map(lettersOf)
  return words.some((word) => word.length > 2 && plain.includes(word) && plain.length - word.length < shortestPassword)
}

const lettersOf = (text: string): string => folded(text).replace(/[^\p{L}\p{N}]/gu, '')

/** How many random bytes a made password takes: five bits of each count, a hundred in all. */
export const randomPasswordBytes = 20

const alphabet = 'abcdefghjkmnpqrstvwxyz0123456789'

/** A password out of random bytes, readable aloud: `k7m2q-xw4tr-9hz3d-vb6cn`. */
export function randomPassword(bytes: Uint8Array): string {
  const chars = Array.from(bytes.subarray(0, randomPasswordBytes), (byte) => alphabet[byte & 31])
  return chars.join('').replace(/.{5}(?=.)/g, '$&-')
}
