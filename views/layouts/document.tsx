import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { scriptUrl } from '../assets.generated.ts'
import { hx } from '../hx.ts'
import { styleText } from '../style.generated.ts'

const htmxConfig = JSON.stringify({ includeIndicatorCSS: false, defaultTimeout: 15000 })

type Props = {
  title: string
  vendorName: string
  /** A boosted request keeps the head it has: style and script are not sent again. */
  boosted: boolean
  /** A file that is kept and read elsewhere: it holds all it needs, and no script. */
  alone?: boolean
  /** What else the head of this one page needs. */
  head?: Child
  children: Child
}

/** The whole document. One style block, allowed by its hash; one script, after paint. */
export const Document = ({ title, vendorName, boosted, alone, head, children }: Props) => (
  <>
    {raw('<!doctype html>')}
    <html lang="en">
      <head>
        <title>
          {title} · {vendorName}
        </title>
        {!boosted && (
          <>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            {!alone && <meta name="htmx-config" content={htmxConfig} />}
            <link rel="icon" href="data:," />
            <style>{raw(styleText)}</style>
            {!alone && <script src={scriptUrl} defer></script>}
            {head}
          </>
        )}
      </head>
      <body {...(alone ? {} : hx({ boostBelow: 'swap:outerMorph target:#page select:#page' }))}>{children}</body>
    </html>
  </>
)
