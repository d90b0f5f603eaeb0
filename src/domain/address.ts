/** An IP address as bytes: four or sixteen. An IPv4 address written within IPv6 is the IPv4 address. */
type Bytes = readonly number[]

/** The bytes of an address, or `null` for anything else. */
function bytesOf(text: string): Bytes | null {
  if (text.length > 45) return null
  if (!text.includes(':')) return ipv4(text)
  const bytes = ipv6(text)
  const isMapped = bytes?.slice(0, 12).every((byte, i) => byte === (i < 10 ? 0 : 255)) ?? false
  return isMapped && bytes ? bytes.slice(12) : bytes
}

function ipv4(text: string): Bytes | null {
  const parts = text.split('.')
  const good = parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)
  return good ? parts.map(Number) : null
}

function ipv6(text: string): Bytes | null {
  const [head = '', tail, more] = text.split('::')
  if (more !== undefined) return null
  const left = groupsOf(head)
  const right = groupsOf(tail ?? '')
  if (!left || !right) return null
  const missing = 16 - left.length - right.length
  if (tail === undefined ? missing !== 0 : missing < 2) return null
  return [...left, ...new Array<number>(missing).fill(0), ...right]
}

/** The bytes of groups between colons; the last may be an IPv4 address. */
function groupsOf(text: string): Bytes | null {
  if (text === '') return []
  const groups = text.split(':')
  const bytes: number[] = []
  for (const [i, group] of groups.entries()) {
    const four = i === groups.length - 1 && group.includes('.') ? ipv4(group) : null
    if (four) bytes.push(...four)
    else if (/^[0-9a-f]{1,4}$/i.test(group))
      bytes.push(Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255)
    else return null
  }
  return bytes
}

/** A text by which addresses sort as numbers, IPv4 before IPv6; `''` for none and for what is no address. */
export function addressKey(address: string | null): string {
  const bytes = bytesOf(address ?? '')
  return bytes ? `${bytes.length === 4 ? 4 : 6}${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}` : ''
}

/** A range of addresses as CIDR (`192.0.2.0/24`, `2001:db8::/32`) or a single address; its bytes and how many bits count. */
type Range = { readonly bytes: Bytes; readonly bits: number }

function rangeOf(text: string): Range | null {
  const [address = '', prefix, more] = text.trim().split('/')
  const bytes = bytesOf(address)
  if (!bytes || more !== undefined) return null
  if (prefix === undefined) return { bytes, bits: bytes.length * 8 }
  return /^(0|[1-9]\d{0,2})$/.test(prefix) && Number(prefix) <= bytes.length * 8
    ? { bytes, bits: Number(prefix) }
    : null
}

/** Whether a text is an address or a CIDR range of them. */
export const isAddressRange = (text: string): boolean => rangeOf(text) !== null

/** Whether an address lies in one of the ranges; no ranges admit every address. */
export function isWithin(address: string, ranges: readonly string[] | null): boolean {
  if (!ranges || ranges.length === 0) return true
  const bytes = bytesOf(address)
  return bytes !== null && ranges.some((text) => covers(rangeOf(text), bytes))
}

function covers(range: Range | null, bytes: Bytes): boolean {
  if (range?.bytes.length !== bytes.length) return false
  return bytes.every((byte, i) => {
    const bits = Math.min(8, Math.max(0, range.bits - 8 * i))
    const mask = (0xff00 >> bits) & 0xff
    return (byte & mask) === ((range.bytes[i] ?? 0) & mask)
  })
}
