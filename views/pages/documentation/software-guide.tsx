import type { Child } from 'hono/jsx'
import { clientSource, licenseFileSource } from '../../examples.generated.ts'
import { paths } from '../../paths.ts'

/** How software is licensed by the portal, for those who write it: the calls, the license file, and a client to copy. */
export const SoftwareGuide = ({ origin }: { origin: string }) => (
  <>
    <h1>Licensing in your software</h1>
    <p>
      Your software needs an activation key that its user types once, and a fingerprint of the computer: any text that
      stays the same at every start and that no other computer has. It needs no account. The answers of every call stand
      in the <a href={paths.apiReference}>API reference</a>; the <a href="#client">client</a> below does all of it.
    </p>
    <nav aria-label="On this page">
      <ul>
        {chapters.map(({ id, title }) => (
          <li>
            <a href={`#${id}`}>{title}</a>
          </li>
        ))}
      </ul>
    </nav>
    {chapters.map(({ id, title, Text }) => (
      <section id={id} aria-labelledby={`${id}-title`}>
        <h2 id={`${id}-title`}>{title}</h2>
        <Text origin={origin} />
      </section>
    ))}
  </>
)

const WithLineChapter = () => (
  <ol>
    <li>
      <code>POST /api/v1/activations</code> once, with the key, the product, the fingerprint and the host name. Keep the
      token and the license file of the answer. The same computer again gets the same token, so repeat it whenever no
      answer came.
    </li>
    <li>
      <code>POST /api/v1/activations/&#123;id&#125;/check-ins</code> with the token when the time in{' '}
      <code>nextCheckInAt</code> has come, and with the last <code>ETag</code> in <code>If-None-Match</code>: an
      unchanged license costs an empty 304.
    </li>
    <li>
      <code>GET /api/v1/activations/&#123;id&#125;/license-file</code> whenever a check-in answered 200: after an
      upgrade, an extension or a move the file is another one.
    </li>
    <li>
      <code>DELETE /api/v1/activations/&#123;id&#125;</code> when the software is removed: the place is free for another
      computer. <code>activation-released</code> to a check-in means that somebody else gave it away: stop.
    </li>
  </ol>
)

const VerifyChapter = ({ origin }: { origin: string }) => (
  <>
    <p>
      A license file is text between two lines, <code>-----BEGIN LICENSE FILE-----</code> and{' '}
      <code>-----END LICENSE FILE-----</code>: base64 of the JSON <code>{'{ enc, sig, alg }'}</code>, in lines of 64. To
      check one, with no network at all:
    </p>
    <ol>
      <li>
        Decode the JSON. <code>alg</code> is <code>base64+ed25519</code>, or <code>aes-256-gcm+ed25519</code> for a
        locked file; refuse any other.
      </li>
      <li>
        Verify <code>sig</code> (base64, 64 bytes): Ed25519 over the text <code>license/</code> and <code>enc</code> as
        it stands there. Do this before anything inside is believed.
      </li>
      <li>
        Decode <code>enc</code>: base64 of JSON with <code>meta</code>, <code>data</code> and <code>included</code>. A
        locked one is three parts between dots, ciphertext, nonce and tag, each in base64; the key of AES-256-GCM is
        SHA-256 of the activation key, and for one computer of the activation key and the fingerprint written together.
      </li>
      <li>
        Check that <code>meta.kid</code> is the key that verified it, that <code>included.computer.fingerprint</code> is
        this computer’s, and that <code>meta.issued</code> is not in the future.
      </li>
      <li>
        Stop after <code>data.runsUntil</code>, a last day in UTC, and at <code>meta.graceUntil</code>. After{' '}
        <code>data.endsOn</code> or <code>meta.expiry</code> run on, and show <code>meta.notice</code>.{' '}
        <code>null</code> means that it does not end.
      </li>
    </ol>
    <p>
      The public keys stand at <a href={`${origin}/.well-known/jwks.json`}>{origin}/.well-known/jwks.json</a>: ship them
      with your software, and fetch them again where a file names a <code>kid</code> that you do not know. A new key is
      published at least a day before it signs, and an old one stays as long as files that it signed are in use.
    </p>
  </>
)

const WithoutLineChapter = ({ origin }: { origin: string }) => (
  <>
    <p>
      Without a line the software shows a request, and takes a file. The request is <code>PR1.</code> and the base64url,
      without padding, of JSON:
    </p>
    <pre>{JSON.stringify(exampleRequest, null, 2)}</pre>
    <p>
      <code>versions</code> may be empty. <code>locked</code>, left out for no, asks for a file that only this key and
      fingerprint open. It has at most 4,096 characters. Show it as text to copy, and as a QR code of{' '}
      <code>{origin}/license-files/new?request=PR1.…</code>: somebody who may activate opens that on a phone, confirms,
      and carries the license file back as a file, as text or as a QR code. Scripts send it to{' '}
      <code>POST /api/v1/license-files</code>. The same request again is the same activation, with a new file.
    </p>
  </>
)

const exampleRequest = {
  activationKey: '7QXM-2K9D-HT4W-B6RN',
  product: 'remote-access',
  fingerprint: '5d41402abc4b2a76b9719d911017c592',
  hostname: 'VAULT-01',
  versions: { 'remote-access': '17.30' },
  locked: false,
}

const ClientChapter = () => (
  <>
    <p>
      Two files of TypeScript without dependencies, for Node 20 and newer, Deno, Bun and browsers. They are tested
      against this portal as they stand here; copy them, or read them as the specification.
    </p>
    {[
      ['portico.ts', clientSource],
      ['license-file.ts', licenseFileSource],
    ].map(([name, source]) => (
      <details>
        <summary>{name}</summary>
        <pre>{source}</pre>
      </details>
    ))}
  </>
)

const chapters: readonly { id: string; title: string; Text: (props: { origin: string }) => Child }[] = [
  { id: 'with-a-line', title: 'Activate, check in, release', Text: WithLineChapter },
  { id: 'license-file', title: 'Check a license file', Text: VerifyChapter },
  { id: 'without-a-line', title: 'Without a line', Text: WithoutLineChapter },
  { id: 'client', title: 'A client to copy', Text: ClientChapter },
]
