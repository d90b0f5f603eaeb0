import { hasSecondFactor, type SecondFactor } from '#src/domain/sign-in/two-factor.ts'

/** Whether a login's code is asked at sign-in, and whether that is about to end. */
export const SecondFactorState = ({ login, now }: { login: SecondFactor; now: Date }) => (
  <>
    {hasSecondFactor(login, now) ? <span class="good">On</span> : <span class="due">Off</span>}
    {login.totpResetAt && login.totpResetAt > now && <small class="due"> being reset</small>}
  </>
)
