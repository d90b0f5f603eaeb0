import { uuidv7obj } from 'uuidv7'
import { idPrefixes, type NewId } from '#src/domain/ids.ts'

/** In the order of their codes, so that texts sort as the numbers they stand for. */
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const base = BigInt(digits.length)
const length = 22

/** An id that sorts after every id of its kind made before: its prefix and a UUIDv7 in 22 letters and digits. */
export const newId: NewId = (kind) => `${idPrefixes[kind]}_${sortable(uuidv7obj().bytes)}` as never

/** 16 bytes as 22 letters and digits that sort as the bytes do. */
export function sortable(bytes: Readonly<Uint8Array>): string {
  let rest = bytes.reduce((number, byte) => number * 256n + BigInt(byte), 0n)
  let text = ''
  for (let i = 0; i < length; i++) {
    text = digits[Number(rest % base)] + text
    rest /= base
  }
  return text
}
