const tagBytes = 16

/** What AES-256-GCM makes of bytes: the text, and the tag that proves it, each on its own. */
export type Sealed = { readonly text: Uint8Array; readonly tag: Uint8Array }

/** Locks bytes with a secret text: the key is its SHA-256. A nonce never serves twice for one secret. */
export async function sealed(secret: string, nonce: Uint8Array, bytes: Uint8Array): Promise<Sealed> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(secret))
  const key = await crypto.subtle.importKey('raw', digest, 'AES-GCM', false, ['encrypt'])
  const both = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce as BufferSource }, key, bytes as BufferSource)
  const end = both.byteLength - tagBytes
  return { text: new Uint8Array(both, 0, end), tag: new Uint8Array(both, end) }
}
