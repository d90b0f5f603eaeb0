/** The fewest bytes of a secret. */
export const fewestBytes = 32

/** The bytes of a base64url text; `null` for anything else. */
export const bytesOf = (text: string): Uint8Array | null =>
  /^[\w-]*={0,2}$/.test(text) ? new Uint8Array(Buffer.from(text, 'base64url')) : null

/** Whether a base64url text holds bytes enough. */
export const isLongEnough = (text: string): boolean => (bytesOf(text)?.length ?? 0) >= fewestBytes

/** What only a person writes: no random secret has so few different bytes, or one of these words. */
export const looksMadeUp = (secret: Uint8Array, text: string): boolean =>
  new Set(secret).size < 12 || /change|example|placeholder|replace|password/i.test(text)
