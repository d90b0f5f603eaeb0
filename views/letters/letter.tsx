/** What a letter says, before it becomes text and HTML. */
export type LetterContent = {
  readonly subject: string
  readonly greeting: string
  readonly paragraphs: readonly string[]
  /** Facts as label and value, one a line. */
  readonly facts?: readonly (readonly [string, string])[]
  readonly table?: { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }
  /** The one thing to do. */
  readonly link?: { readonly label: string; readonly url: string }
  /** Why the reader gets this. */
  readonly reason: string
}

/** The letter as plain text; links stand on lines of their own. */
export function letterText({ greeting, paragraphs, facts, table, link, reason }: LetterContent): string {
  const blocks = [
    greeting,
    ...paragraphs,
    ...(facts ? [facts.map(([label, value]) => `${label}: ${value}`).join('\n')] : []),
    ...(table ? [table.rows.map((row) => `- ${row.filter(Boolean).join(', ')}`).join('\n')] : []),
    ...(link ? [`${link.label}:\n${link.url}`] : []),
    `--\n${reason}`,
  ]
  return `${blocks.join('\n\n')}\n`
}

const cell = 'padding:4px 12px 4px 0;text-align:left;vertical-align:top'

/** The letter as HTML for mail programs: tables, inline styles, no pictures. */
export const LetterHtml = ({ subject, greeting, paragraphs, facts, table, link, reason }: LetterContent) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="color-scheme" content="light dark" />
      <title>{subject}</title>
    </head>
    <body style="font:15px/1.5 system-ui,sans-serif;margin:0;padding:24px;max-width:640px">
      <p>{greeting}</p>
      {paragraphs.map((paragraph) => (
        <p>{paragraph}</p>
      ))}
      {facts && (
        <table role="presentation">
          {facts.map(([label, value]) => (
            <tr>
              <td style={cell}>{label}</td>
              <td style={cell}>
                <b>{value}</b>
              </td>
            </tr>
          ))}
        </table>
      )}
      {table && (
        <table>
          <tr>
            {table.head.map((text) => (
              <th style={cell}>{text}</th>
            ))}
          </tr>
          {table.rows.map((row) => (
            <tr>
              {row.map((text) => (
                <td style={cell}>{text}</td>
              ))}
            </tr>
          ))}
        </table>
      )}
      {link && (
        <p>
          <a href={link.url}>{link.label}</a>
        </p>
      )}
      <p style="color:#56606e;font-size:13px">{reason}</p>
    </body>
  </html>
)
