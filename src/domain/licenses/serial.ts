/** Letters and digits that nobody mistakes for each other: no I, L, O, U. */
export const plainAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Reads random bytes as letters of the plain alphabet; 256 is a multiple of 32, so every letter is as likely. */
export const plainLetters = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => plainAlphabet[byte % 32]).join('')

/** A serial number from ten random bytes: `S-7K2M9-QX4TD`. */
export function serialFrom(bytes: Uint8Array): string {
  const letters = plainLetters(bytes.subarray(0, 10))
  return `S-${letters.slice(0, 5)}-${letters.slice(5)}`
}

/** An activation key from sixteen random bytes, 80 bits: `7QXM-2K9D-HT4W-B6RN` (Decision 5). */
export const keyCodeFrom = (bytes: Uint8Array): string =>
  (plainLetters(bytes.subarray(0, 16)).match(/.{4}/g) ?? []).join('-')
