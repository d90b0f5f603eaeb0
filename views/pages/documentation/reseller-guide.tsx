import type { Child } from 'hono/jsx'
import { Document } from '../../layouts/document.tsx'
import { paths } from '../../paths.ts'
import { AssignChapter, FollowChapter, KeysChapter, SubscriptionsChapter } from './seller-chapters.tsx'

type Props = { vendorName: string; supportEmail: string; origin: string }

/** The guide for resellers (R139): one file to keep, print or mail, with everything it needs in it. */
export const ResellerGuide = ({ vendorName, supportEmail, origin }: Props) => (
  <Document title="Guide for resellers" vendorName={vendorName} boosted={false} alone>
    <main>
      <header>
        <h1>Guide for resellers</h1>
        <p class="soft">
          {vendorName} license portal, <a href={origin}>{origin}</a>
        </p>
      </header>
      <nav aria-label="Chapters">
        <ol>
          {chapters.map(({ id, title }) => (
            <li>
              <a href={`#${id}`}>{title}</a>
            </li>
          ))}
        </ol>
      </nav>
      {chapters.map(({ id, title, Text }, i) => (
        <section id={id}>
          <h2>
            {i + 1}. {title}
          </h2>
          <Text base={origin} />
        </section>
      ))}
      <footer class="soft">
        Questions? Write to <a href={`mailto:${supportEmail}`}>{supportEmail}</a>.
      </footer>
    </main>
  </Document>
)

const ConnectChapter = ({ base }: { base: string }) => (
  <>
    <p>
      Open <a href={base + paths.home}>{base}</a>, the address in the letter you got. Type your login, or the e-mail of
      your account, and continue; then type your password. The first time, the link in the letter sets it, or you were
      handed one that you change at once.
    </p>
    <p>
      Forgot it? The page of the password offers a link that sets a new one. "Remember me" keeps you signed in on a
      device of yours.
    </p>
  </>
)

const chapters: readonly { id: string; title: string; Text: (props: { base: string }) => Child }[] = [
  { id: 'connect', title: 'Connect to the portal', Text: ConnectChapter },
  { id: 'keys', title: 'Create an activation key', Text: KeysChapter },
  { id: 'assign', title: 'Assign a license or support', Text: AssignChapter },
  { id: 'follow', title: 'Follow licenses and support', Text: FollowChapter },
  { id: 'subscriptions', title: 'Subscriptions', Text: SubscriptionsChapter },
]
