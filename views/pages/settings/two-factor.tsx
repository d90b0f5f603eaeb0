import type { FieldError } from '#src/domain/refusal.ts'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { At, Zone } from '../../components/time.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'
import { RecoveryCodes } from './recovery-codes.tsx'
import { type Setup, TwoFactorSetup } from './two-factor-setup.tsx'

type Props = {
  frame: Frame
  /** The account wants a second factor of every login: nothing else is open before there is one. */
  due: boolean
  since: Date | null
  /** When the master's reset comes due. */
  resetAt: Date | null
  codesLeft: number
  /** New recovery codes, shown this once. */
  codes: readonly string[] | null
  /** What an app is set up with, where two-factor is off. */
  setup: Setup | null
  required: boolean
  /** Whether the reader says what every login of the account needs. */
  oversees: boolean
  request: string
  errors: readonly FieldError[]
}

/** The second factor of one's own login. */
export const TwoFactorPage = ({ frame, due, setup, codes, oversees, errors, ...factor }: Props) => (
  <Portal frame={frame} title="Two-factor" error={errors.length > 0}>
    <h1>{due ? 'Add a second factor' : 'Two-factor'}</h1>
    {due && <p>Your account wants one of every login. Set it up once; then the portal is open to you.</p>}
    <ErrorSummary errors={errors} />
    {codes && <RecoveryCodes codes={codes} />}
    {setup ? <TwoFactorSetup setup={setup} request={factor.request} errors={errors} /> : <On {...factor} />}
    {oversees && <Requirement required={factor.required} />}
  </Portal>
)

const On = ({
  since,
  resetAt,
  codesLeft,
  required,
  request,
}: Omit<Props, 'frame' | 'due' | 'setup' | 'codes' | 'oversees' | 'errors'>) => (
  <>
    <section class="card">
      <h2 class="good">Two-factor is on</h2>
      {since && (
        <p>
          Since <At at={since} />. A code of your authenticator app is asked when you sign in.
        </p>
      )}
      {resetAt && (
        <p class="due">
          It goes off at <At at={resetAt} /> <Zone />: it was reset for you. Sign in with a code to stop that.
        </p>
      )}
      {!required && (
        <form method="post" action={paths.twoFactorRemoval} {...hx({ boost: 'false' })}>
          <button type="submit">Switch off</button>
        </form>
      )}
    </section>
    <section class="card">
      <h2>Recovery codes</h2>
      <p class={codesLeft < 4 ? 'due' : ''}>
        {codesLeft} of 10 are left. Each signs you in once when the app is not at hand.
      </p>
      <form method="post" action={paths.recoveryCodes} {...hx({ boost: 'false' })}>
        <input type="hidden" name="request" value={request} />
        <button type="submit">Make new codes</button>
        <p class="soft">The old ones work no more then.</p>
      </form>
    </section>
  </>
)

const Requirement = ({ required }: { required: boolean }) => (
  <section class="card">
    <h2>For every login of the account</h2>
    <form class="form" method="post" action={paths.twoFactorRequirement} {...hx({ boost: 'false' })}>
      <p>
        <input type="checkbox" id="required" name="required" value="on" checked={required} />{' '}
        <label for="required">Every login needs two-factor</label>
      </p>
      <p class="soft">A login without it is led to set it up before anything else, from its next page on.</p>
      <button type="submit">Save</button>
    </form>
  </section>
)
