import { type ApiKeySummary, apiKeyStateOf } from '#src/domain/api-keys/api-key.ts'
import { Pager, type Pages } from '../../components/list-tools.tsx'
import { At, Zone } from '../../components/time.tsx'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'
import { counted } from '../../words.ts'
import { rangesOf, rightsOf, stateNames } from './words.ts'

type Props = { frame: Frame; rows: readonly ApiKeySummary[]; pages: Pages; now: Date }

/** The API keys of the account: what each may, from where, and when it was used last. */
export const ApiKeysPage = ({ frame, rows, pages, now }: Props) => (
  <Portal frame={frame} title="API keys">
    <header>
      <h1>API keys</h1>
      <p>
        A script sends one as <code>Authorization: Bearer ptk_…</code> and acts for your account. Give each script its
        own, with no more than it needs. The <a href={paths.apiReference}>API reference</a> has all calls.
      </p>
    </header>
    <p>
      <a class="button main" href={paths.newApiKey}>
        New API key
      </a>
    </p>
    {rows.length === 0 ? (
      <p class="card">No API key yet. Make one for the first script that shall act for this account.</p>
    ) : (
      <table>
        <caption>
          {counted(rows.length, 'API key')}
          {(pages.next || pages.previous) && ' on this page'}, newest first
        </caption>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Acts as</th>
            <th scope="col">From</th>
            <th scope="col">
              Last used (<Zone />)
            </th>
            <th scope="col">
              Ends (<Zone />)
            </th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((key) => (
            <Row apiKey={key} now={now} />
          ))}
        </tbody>
      </table>
    )}
    <Pager path={paths.apiKeys} query={{}} pages={pages} />
  </Portal>
)

const Row = ({ apiKey, now }: { apiKey: ApiKeySummary; now: Date }) => {
  const { text, tone } = stateNames[apiKeyStateOf(apiKey, now)]
  return (
    <tr>
      <th scope="row" data-label="Name">
        <a href={paths.apiKey(apiKey.id)}>
          <bdi>{apiKey.name}</bdi>
        </a>
        <br />
        <code>{apiKey.hint}…</code>
      </th>
      <td data-label="Acts as">{rightsOf(apiKey)}</td>
      <td data-label="From" {...(apiKey.allowedRanges ? { class: 'any' } : {})}>
        {rangesOf(apiKey)}
      </td>
      <td data-label="Last used">{apiKey.lastUsedAt ? <At at={apiKey.lastUsedAt} /> : 'Never'}</td>
      <td data-label="Ends">{apiKey.expiresAt ? <At at={apiKey.expiresAt} /> : 'When it is revoked'}</td>
      <td data-label="State">
        <span class={tone}>{text}</span>
      </td>
    </tr>
  )
}
