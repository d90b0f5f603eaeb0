import { At, Zone } from '../../components/time.tsx'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths, withQuery } from '../../paths.ts'

type Props = {
  frame: Frame
  activationId: string
  computer: string
  productName: string
  text: string
  locked: boolean
  /** Until when it is good, and until when software may then run on. */
  expiresAt: Date
  graceUntil: Date
  /** The file as a QR code, where that was asked for. */
  qr: { size: number; path: string } | null
  /** Whether the reader may activate computers. */
  activates: boolean
}

/** The license file of a computer, to be carried there. */
export const LicenseFilePage = (props: Props) => {
  const { frame, activationId, computer, productName, text, locked, expiresAt, graceUntil, qr, activates } = props
  const query = { locked: locked ? '1' : '' }
  return (
    <Portal frame={frame} title={`License file for ${computer}`}>
      <header>
        <h1>License file for {computer}</h1>
        <p class="soft">{productName}</p>
      </header>
      <section class="card">
        <p>
          Carry it to the computer and open it in the software there. It is good until <At at={expiresAt} /> <Zone />.
          Before then the software asks for the next one; without it, it runs on with a warning until{' '}
          <At at={graceUntil} /> <Zone />.
        </p>
        <p class="row">
          <a class="button" href={withQuery(paths.licenseFileOf(activationId), query)} download>
            Download the file
          </a>
          {qr === null && (
            <a class="button" href={withQuery(paths.licenseFile(activationId), { ...query, as: 'qr' })}>
              Show as QR code
            </a>
          )}
        </p>
        {qr && (
          <svg
            viewBox={`0 0 ${qr.size} ${qr.size}`}
            role="img"
            aria-label="The license file as a QR code"
            width="100%"
            height="560"
          >
            <rect width={qr.size} height={qr.size} fill="#fff" />
            <path d={qr.path} fill="#000" shape-rendering="crispEdges" />
          </svg>
        )}
        <details>
          <summary>The file as text</summary>
          <pre>{text}</pre>
        </details>
      </section>
      {activates && (
        <p>
          <a href={paths.newLicenseFile}>Activate another computer</a>
        </p>
      )}
    </Portal>
  )
}
