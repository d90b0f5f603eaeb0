import { type ResellerSummary, resellerStateOf } from '#src/domain/accounts/reseller.ts'
import type { FieldError } from '#src/domain/refusal.ts'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { LedgerTable } from '../../components/ledger-table.tsx'
import { ResellerStateWords } from '../../components/reseller-state.tsx'
import { At } from '../../components/time.tsx'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths, withQuery } from '../../paths.ts'
import { capped } from '../../words.ts'
import { Holdings } from './holdings.tsx'
import { titleOf } from './list.tsx'
import { ProfileForm } from './profile.tsx'
import type { ResellerProps } from './props.ts'

/** One seller below: what it is, what it holds, what can be done about it (R155–R157). */
export const ResellerPage = ({ frame, ...props }: ResellerProps & { frame: Frame }) => {
  const { noun, reseller, ledger, profile, taking, may } = props
  const errors: FieldError[] = [...profile.errors, ...taking.errors]
  return (
    <Portal frame={frame} title={reseller.name} error={errors.length > 0}>
      <nav aria-label="Breadcrumb">
        <a href={paths.resellers}>{titleOf(noun)}</a> › {reseller.login}
      </nav>
      <h1>{reseller.name}</h1>
      <ErrorSummary errors={errors} />
      {may.give && (
        <p>
          <a class="button main" href={paths.newCredits(reseller.id)}>
            Give credits
          </a>
        </p>
      )}
      <Facts {...props} />
      <Holdings {...props} />
      <section>
        <h2>Ledger</h2>
        {ledger.length === 0 ? (
          <p class="soft">No credit came or went yet.</p>
        ) : (
          <LedgerTable
            rows={ledger}
            caption={
              <>
                The latest · <a href={withQuery(paths.credits, { account: reseller.id })}>All of it</a>
              </>
            }
          />
        )}
      </section>
      {may.edit && <ProfileForm {...props} />}
      {may.edit && <Access reseller={reseller} request={profile.request} />}
    </Portal>
  )
}

const Facts = ({ reseller }: ResellerProps) => (
  <dl class="card">
    <dt>Login</dt>
    <dd>{reseller.login}</dd>
    <dt>E-mail</dt>
    <dd>{reseller.email}</dd>
    {reseller.parentName && (
      <>
        <dt>Below</dt>
        <dd>{reseller.parentName}</dd>
      </>
    )}
    <dt>State</dt>
    <dd>
      <ResellerStateWords state={resellerStateOf(reseller)} />
    </dd>
    <dt>Last sign-in</dt>
    <dd>{reseller.lastSignInAt ? <At at={reseller.lastSignInAt} /> : 'Never'}</dd>
    <dt>Licenses</dt>
    <dd>
      <a href={withQuery(paths.licenses, { account: reseller.id })}>{capped(reseller.licenses)}</a>
    </dd>
  </dl>
)

const Access = ({ reseller, request }: { reseller: ResellerSummary; request: string }) => (
  <section>
    <h2>Access</h2>
    <p>
      A link that sets the password goes to {reseller.email}; it works once, for 7 days. The password of now works until
      then.
    </p>
    <form class="row" method="post" action={paths.passwordLinks(reseller.id)}>
      <input type="hidden" name="request" value={request} />
      <button type="submit">Mail a password link</button>
    </form>
    {reseller.suspendedAt ? (
      <form class="row" method="post" action={paths.resumption(reseller.id)}>
        <input type="hidden" name="request" value={request} />
        <button type="submit">Resume {reseller.login}</button> <span>It and all below it can sign in again.</span>
      </form>
    ) : (
      <p>
        <a class="button" href={paths.suspension(reseller.id)}>
          Suspend {reseller.login} …
        </a>
      </p>
    )}
  </section>
)
