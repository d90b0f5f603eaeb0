import type { Child } from 'hono/jsx'
import { hx } from '../hx.ts'
import { Document } from './document.tsx'

type Props = {
  title: string
  vendorName: string
  supportEmail: string
  error?: boolean
  wide?: boolean
  children: Child
}

/**
 * The frame of a page for somebody who is not signed in. Its links and forms load whole pages: a swapped one would keep
 * the password that was typed, and whoever signs in or out begins with a fresh document.
 */
export const Public = ({ title, vendorName, supportEmail, error, wide, children }: Props) => (
  <Document title={`${error ? 'Error: ' : ''}${title}`} vendorName={vendorName} boosted={false}>
    <div id="page" {...hx({ boostBelow: 'false' })}>
      <main id="main" {...(wide ? {} : { class: 'narrow' })} tabindex={-1}>
        {children}
        <footer class="soft">
          {vendorName} · <a href={`mailto:${supportEmail}`}>{supportEmail}</a>
        </footer>
      </main>
    </div>
  </Document>
)
