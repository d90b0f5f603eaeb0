import type { FieldError } from '#src/domain/refusal.ts'
import { leadInWords, offeredLeads } from '#src/domain/warnings/leads.ts'
import { ErrorSummary, FieldProblem } from '../../components/error-summary.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'

type Props = {
  frame: Frame
  /** Where the letters go. */
  email: string
  leads: readonly number[]
  /** Whether a seller gets the weekly digest; null for whoever does not sell. */
  weeklyDigest: boolean | null
  version: number
  request: string
  errors: readonly FieldError[]
}

/** When the account is warned of what ends (R307). */
export const WarningsPage = ({ frame, email, leads, weeklyDigest, version, request, errors }: Props) => (
  <Portal frame={frame} title="Warnings" error={errors.length > 0}>
    <h1>Warnings</h1>
    <ErrorSummary errors={errors} />
    <form
      class="card form"
      method="post"
      action={paths.warnings}
      data-guard="You have changes here that are not saved. Leave without them?"
      {...hx({ disable: 'find button' })}
    >
      <p>
        A letter to <b class="any">{email}</b> tells in time what ends and does not renew by itself: support, trials,
        and subscriptions that were canceled. There is at most one a day, with everything in it, and each end is told
        once for each of these days.
      </p>
      <input type="hidden" name="request" value={request} />
      <input type="hidden" name="version" value={version} />
      <fieldset id="leads">
        <legend>Warn me of an end</legend>
        <FieldProblem errors={errors} name="leads" />
        {offeredLeads.map((lead) => (
          <p>
            <label>
              <input type="checkbox" name="lead" value={lead} checked={leads.includes(lead)} /> {leadInWords(lead)}
            </label>
          </p>
        ))}
        <p class="soft">With none of them marked, no warnings are sent.</p>
      </fieldset>
      {weeklyDigest !== null && (
        <div>
          <input type="hidden" name="sells" value="true" />
          <FieldProblem errors={errors} name="weeklyDigest" />
          <label>
            <input type="checkbox" name="weeklyDigest" value="true" checked={weeklyDigest} /> Tell me each Monday what
            there is <a href={paths.digests}>to do</a>
          </label>
        </div>
      )}
      <button type="submit" class="main">
        Save
      </button>
    </form>
  </Portal>
)
