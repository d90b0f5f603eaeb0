import { accountCalls } from '#src/api/account.ts'
import { apiKeyCalls } from '#src/api/api-keys.ts'
import { emailChangeCalls } from '#src/api/email-changes.ts'
import { loginCalls } from '#src/api/logins.ts'
import { apiKeyPages } from '#src/web/api-keys.tsx'
import { emailPages } from '#src/web/email.tsx'
import { linkPages } from '#src/web/links.tsx'
import { loginPages } from '#src/web/logins.tsx'
import { masterLoginPages } from '#src/web/master-logins.tsx'
import { passwordPages } from '#src/web/passwords.tsx'
import { registrationPages } from '#src/web/registrations.tsx'
import { settingsPages } from '#src/web/settings.tsx'
import { twoFactorPages } from '#src/web/two-factor.tsx'
import { partOf } from './part.ts'

/** Who people are and how they prove it: passwords, second factors, logins, keys for scripts, mailed links. */
export const people = partOf({
  calls: [accountCalls, apiKeyCalls, loginCalls, emailChangeCalls],
  pages: [
    settingsPages,
    emailPages,
    registrationPages,
    passwordPages,
    twoFactorPages,
    loginPages,
    masterLoginPages,
    apiKeyPages,
    linkPages,
  ],
})
