import { Document } from '../layouts/document.tsx'
import { paths } from '../paths.ts'

type Row = { id: string; recipient: string; state: string; subject: string; createdAt: Date }

/** Every letter that would have left, newest first; development only. */
export const DevMailPage = ({ vendorName, letters }: { vendorName: string; letters: readonly Row[] }) => (
  <Document title="Mail" vendorName={vendorName} boosted={false}>
    <main id="page">
      <h1>Mail (development)</h1>
      {letters.length === 0 && <p>No letters yet. Sign in from a new browser and one appears.</p>}
      <table>
        <thead>
          <tr>
            <th scope="col">Subject</th>
            <th scope="col">To</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {letters.map((letter) => (
            <tr>
              <th scope="row">
                <a href={paths.devLetter(letter.id)}>{letter.subject}</a>
              </th>
              <td data-label="To">{letter.recipient}</td>
              <td data-label="State">{letter.state}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </main>
  </Document>
)

type Letter = { to: string; subject: string; text: string }

/** One letter as text, with its links to click. */
export const DevLetterPage = ({ vendorName, letter, state }: { vendorName: string; letter: Letter; state: string }) => (
  <Document title={letter.subject} vendorName={vendorName} boosted={false}>
    <main id="page">
      <p>
        <a href={paths.devMail}>All mail</a>
      </p>
      <h1>{letter.subject}</h1>
      <p class="soft">
        To {letter.to} · {state}
      </p>
      <div class="card any">
        {letter.text.split('\n').map((line) => (
          <p>{line.startsWith('http') ? <a href={line}>{line}</a> : line || '\u00a0'}</p>
        ))}
      </div>
    </main>
  </Document>
)
