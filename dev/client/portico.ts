/**
 * A client of the portal for installed software, without dependencies: for Node 20 and newer, Deno, Bun and browsers.
 * Copy this folder into your software. It keeps nothing itself: save `state` wherever your software keeps its settings.
 */
import {
  isSigned,
  type LicenseFile,
  type PublicKey,
  readLicenseFile,
  type Standing,
  standingOf,
} from './license-file.ts'

type License = {
  readonly id: string | null
  readonly product: string
  readonly edition: string
  readonly size: number | 'unlimited'
  readonly status: 'active' | 'grace' | 'expired'
}

/** What the software keeps between two runs. Where its license file was carried here, the file is all there is. */
export type State = {
  readonly activation: Activation | null
  readonly licenseFile: string
}

type Activation = {
  readonly id: string
  readonly token: string
  readonly etag: string | null
  readonly licenses: readonly License[]
}

/** The computer and the product on it. The fingerprint must be the same at every start and of no other computer. */
export type Computer = {
  readonly product: string
  readonly version: string
  readonly fingerprint: string
  readonly hostname: string
}

/** What the portal refused; switch on `code`, show `detail`. Some tell more: the computers in use, the next try. */
export class Refused extends Error {
  readonly code: string
  readonly problem: Readonly<Record<string, unknown>>
  constructor(problem: Readonly<Record<string, unknown>>) {
    super(String(problem.detail))
    this.code = String(problem.code)
    this.problem = problem
  }
}

export class Portico {
  state: State | null
  private readonly origin: string
  private readonly computer: Computer

  constructor(origin: string, computer: Computer, state: State | null = null) {
    this.origin = origin
    this.computer = computer
    this.state = state
  }

  /** Whether a key is good for the product, without using it up. `nonce` proves that the answer is a new one. */
  async validate(
    activationKey: string,
    keys: readonly PublicKey[],
  ): Promise<{ valid: boolean; code: string; detail: string }> {
    const { product, fingerprint } = this.computer
    const nonce = crypto.randomUUID()
    const answer = await this.send('POST', '/validations', { activationKey, product, fingerprint, nonce })
    const bytes = new Uint8Array(await answer.arrayBuffer())
    const [, kid = '', signature = ''] =
      /keyid="([^"]+)".*sig="([^"]+)"/.exec(answer.headers.get('portico-signature') ?? '') ?? []
    if (!(await isSigned(bytes, signature, kid, keys))) throw new Error('The answer was not signed by the vendor')
    const said = JSON.parse(new TextDecoder().decode(bytes))
    if (said.nonce !== nonce) throw new Error('This is the answer to another question')
    return said
  }

  /** Activates the product here. `replace` is the id of a computer that gives up its place, see `server-limit-reached`. */
  async activate(activationKey: string, replace?: string): Promise<State> {
    const { product, version, fingerprint, hostname } = this.computer
    const body = { activationKey, product, fingerprint, hostname, versions: { [product]: version }, replace }
    const { id, token, licenses, licenseFile } = await (await this.send('POST', '/activations', body)).json()
    this.state = { activation: { id, token, etag: null, licenses }, licenseFile }
    return this.state
  }

  /**
   * What this computer asks for where it has no line. Show it as text, and as a QR code of `addressOf(request)`: whoever
   * opens that and signs in gets the license file, which `take` takes.
   */
  offlineRequest(activationKey: string): string {
    const { product, version, fingerprint, hostname } = this.computer
    const asked = { activationKey, product, fingerprint, hostname, versions: { [product]: version } }
    return `PR1.${base64UrlOf(JSON.stringify(asked))}`
  }

  /** The address of the portal where a request is confirmed. */
  addressOf(request: string): string {
    return `${this.origin}/license-files/new?request=${request}`
  }

  /** Takes a license file that was carried here. Throws, and keeps what it had, where the file is not good for this computer. */
  async take(licenseFile: string, keys: readonly PublicKey[], now = new Date()): Promise<Standing> {
    const file = await readLicenseFile(licenseFile, keys)
    const standing = standingOf(file, this.computer.fingerprint, now)
    if (!standing.runs) throw new Error(standing.because)
    this.state = { activation: this.state?.activation ?? null, licenseFile }
    return standing
  }

  /**
   * Says that the software is there; answers whether the license changed, and then has fetched its file anew. On
   * `activation-released` the place was given up: the state is gone, and the software must stop.
   */
  async checkIn(): Promise<boolean> {
    const { id, token, etag } = this.activation()
    const { product, version, fingerprint } = this.computer
    const body = { fingerprint, products: [{ code: product, version }] }
    const headers = { authorization: `Bearer ${token}`, ...(etag ? { 'if-none-match': etag } : {}) }
    const answer = await this.send('POST', `/activations/${id}/check-ins`, body, headers).catch((error: unknown) => {
      if (error instanceof Refused && error.code === 'activation-released') this.state = null
      throw error
    })
    if (answer.status === 304) return false
    const { licenses } = await answer.json()
    this.state = { ...this.active(), activation: { id, token, etag: answer.headers.get('etag'), licenses } }
    await this.refresh()
    return etag !== null
  }

  /** Fetches the license file as it is now. */
  async refresh(): Promise<void> {
    const { id, token } = this.activation()
    const answer = await this.send('GET', `/activations/${id}/license-file`, undefined, {
      authorization: `Bearer ${token}`,
    })
    this.state = { ...this.active(), licenseFile: await answer.text() }
  }

  /** Gives up the place of this computer. */
  async release(): Promise<void> {
    const { id, token } = this.activation()
    await this.send('DELETE', `/activations/${id}`, undefined, { authorization: `Bearer ${token}` })
    this.state = null
  }

  /** The vendor's public keys. Keep them: with them the file is checked without the portal. */
  async publicKeys(): Promise<readonly PublicKey[]> {
    return (await (await fetch(`${this.origin}/.well-known/jwks.json`)).json()).keys
  }

  /** Whether the software may run, by its file alone: no network, no trust in anything but the vendor's key. */
  async offline(keys: readonly PublicKey[], now = new Date()): Promise<{ file: LicenseFile; standing: Standing }> {
    const file = await readLicenseFile(this.active().licenseFile, keys)
    return { file, standing: standingOf(file, this.computer.fingerprint, now) }
  }

  private active(): State {
    if (!this.state) throw new Error('The product is not activated on this computer')
    return this.state
  }

  private activation(): Activation {
    const { activation } = this.active()
    if (!activation) throw new Error('The license file was carried here: this computer does not talk to the portal')
    return activation
  }

  private async send(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const answer = await fetch(`${this.origin}/api/v1${path}`, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (answer.ok || answer.status === 304) return answer
    throw new Refused(await answer.json())
  }
}

function base64UrlOf(text: string): string {
  const letters = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('')
  return btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
