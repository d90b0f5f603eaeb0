import { base64url, errors, jwtVerify, SignJWT } from 'jose'

/** A signing key of the cookies. The first of the list signs, all of them verify (key rotation). */
export type SessionKey = { readonly id: string; readonly secret: Uint8Array }

/** The tokens there are; one never passes as the other. */
export type TokenKind = 'session' | 'sign-in-step' | 'sign-in-code' | 'device'

/** What a token says. Its claims are provisional: the database decides what they are worth. */
export type Claims = { readonly id: string; readonly subject: string; readonly issuedAt: Date } & Record<
  string,
  unknown
>

/** Signing of cookies and of the secrets that are handed out (Decision 15). */
export type Secrets = {
  sign(
    kind: TokenKind,
    claims: { id: string; subject: string; more?: Record<string, unknown> },
    from: Date,
    seconds: number,
  ): Promise<string>
  /** The claims, or `null` for a token that is forged, expired, of another kind or signed by a retired key. */
  open(kind: TokenKind, token: string, now: Date): Promise<Claims | null>
  /** The secret handed out for a row: computed again to send or replay, never stored. */
  tokenFor(kind: string, rowId: string): Promise<string>
}

const issuer = 'portico'
/** However long a token says it is good for, it is never older than this. */
const oldest: Record<TokenKind, string> = {
  session: '31d',
  'sign-in-step': '10m',
  'sign-in-code': '15m',
  device: '366d',
}
const encoder = new TextEncoder()

export function makeSecrets(keys: readonly SessionKey[], handedOutKey: Uint8Array): Secrets {
  const [signing] = keys
  if (!signing) throw new Error('SESSION_KEYS holds no key')
  const byId = new Map(keys.map((key) => [key.id, key.secret]))
  const hmac = crypto.subtle.importKey('raw', handedOutKey as BufferSource, { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ])
  return {
    sign: (kind, { id, subject, more }, from, seconds) =>
      new SignJWT({ ...more })
        .setProtectedHeader({ alg: 'HS256', typ: `${kind}+jwt`, kid: signing.id })
        .setIssuer(issuer)
        .setAudience(kind)
        .setSubject(subject)
        .setJti(id)
        .setIssuedAt(from)
        .setExpirationTime(Math.floor(from.getTime() / 1000) + seconds)
        .sign(signing.secret),
    open: (kind, token, now) => openToken(byId, kind, token, now),
    async tokenFor(kind, rowId) {
      const mac = await crypto.subtle.sign('HMAC', await hmac, encoder.encode(`${kind} ${rowId}`))
      return `${rowId}.${base64url.encode(new Uint8Array(mac))}`
    },
  }
}

async function openToken(
  keys: Map<string, Uint8Array>,
  kind: TokenKind,
  token: string,
  now: Date,
): Promise<Claims | null> {
  if (token.length > 4096) return null
  try {
    const { payload } = await jwtVerify(
      token,
      ({ kid }) => keys.get(kid ?? '') ?? Promise.reject(new errors.JWKSNoMatchingKey()),
      {
        algorithms: ['HS256'],
        typ: `${kind}+jwt`,
        issuer,
        audience: kind,
        requiredClaims: ['exp', 'iat', 'jti', 'sub'],
        maxTokenAge: oldest[kind],
        clockTolerance: 5,
        currentDate: now,
      },
    )
    const { jti, sub, iat, ...rest } = payload
    if (typeof jti !== 'string' || typeof sub !== 'string' || typeof iat !== 'number') return null
    return { ...rest, id: jti, subject: sub, issuedAt: new Date(iat * 1000) }
  } catch (error) {
    if (error instanceof errors.JOSEError) return null
    throw error
  }
}

/** SHA-256 in hex: what the database keeps of a secret that was handed out. */
export async function fingerprintOf(secret: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', encoder.encode(secret))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
