import type { Id } from '#src/domain/ids.ts'
import { At, Zone } from '../../components/time.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'
import { counted } from '../../words.ts'

type Session = {
  readonly id: Id<'session'>
  readonly device: string
  readonly address: string
  readonly place: string
  readonly createdAt: Date
  readonly lastSeenAt: Date
}

type Props = { frame: Frame; sessions: readonly Session[]; current: string; hasPassword: boolean }

/** Where one is signed in; what one does not know is ended here, at once. */
export const SessionsPage = ({ frame, sessions, current, hasPassword }: Props) => (
  <Portal frame={frame} title="Sessions">
    <h1>Sessions</h1>
    <table>
      <caption>
        <span role="status">Signed in on {counted(sessions.length, 'browser')}</span>
      </caption>
      <thead>
        <tr>
          <th scope="col">Browser</th>
          <th scope="col">Place</th>
          <th scope="col">
            Signed in (<Zone />)
          </th>
          <th scope="col">
            Last seen (<Zone />)
          </th>
          <th scope="col">Action</th>
        </tr>
      </thead>
      <tbody>
        {sessions.map((session) => (
          <tr>
            <th scope="row">
              {session.device}
              {session.id === current && <small> this browser</small>}
            </th>
            <td data-label="Place" class="any">
              {session.place || 'Unknown'}
              <small>
                <code>{session.address}</code>
              </small>
            </td>
            <td data-label="Signed in">
              <At at={session.createdAt} />
            </td>
            <td data-label="Last seen">
              <At at={session.lastSeenAt} />
            </td>
            <td data-label="Action">
              {session.id === current ? (
                <span class="soft">Sign out ends it</span>
              ) : (
                <form method="post" action={paths.sessionEnds(session.id)} {...hx({ disable: 'find button' })}>
                  <button type="submit">
                    End
                    <span class="hide"> the session of {session.device}</span>
                  </button>
                </form>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
    {sessions.length > 1 && (
      <form method="post" action={paths.otherSessionsEnds} {...hx({ disable: 'find button' })}>
        <button type="submit" class="main">
          End all others
        </button>
      </form>
    )}
    <p class="soft">
      The last sight is noted at most once an hour. Something you do not know? End it
      {hasPassword && (
        <>
          {' '}
          and <a href={paths.password}>change your password</a>
        </>
      )}
      .
    </p>
  </Portal>
)
