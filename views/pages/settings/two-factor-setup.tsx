import type { FieldError } from '#src/domain/refusal.ts'
import { CodeField } from '../../components/code-field.tsx'
import { hx } from '../../hx.ts'
import { paths } from '../../paths.ts'

export type Setup = {
  /** What the secret is derived from; it goes along with the code. */
  readonly seed: string
  readonly secret: string
  readonly qr: { readonly size: number; readonly path: string }
}

type Props = { setup: Setup; request: string; errors: readonly FieldError[] }

/** Sets up an authenticator app: the secret to scan or type, and a code that shows that the app has it. */
export const TwoFactorSetup = ({ setup, request, errors }: Props) => (
  <form class="card form" method="post" action={paths.twoFactor} novalidate {...hx({ boost: 'false' })}>
    <p>
      Two-factor is off. With it, your password alone signs nobody in: a code of an app on your phone is asked too. Any
      authenticator app does, such as Google Authenticator, Microsoft Authenticator, Aegis or the one in your password
      manager.
    </p>
    <p>
      <b>1.</b> Scan this with the app, or type the key by hand.
    </p>
    <Qr {...setup.qr} />
    <p>
      Key: <code>{setup.secret}</code>
    </p>
    <input type="hidden" name="seed" value={setup.seed} />
    <input type="hidden" name="request" value={request} />
    <CodeField label="2. Code that the app shows" hint="Six digits; a new one every 30 seconds." errors={errors} />
    <button type="submit" class="main">
      Switch two-factor on
    </button>
  </form>
)

const Qr = ({ size, path }: Setup['qr']) => (
  <svg
    viewBox={`0 0 ${size} ${size}`}
    width="200"
    height="200"
    role="img"
    aria-label="QR code for an authenticator app"
  >
    <path fill="#fff" d={`M0 0h${size}v${size}H0z`} />
    <path fill="#000" d={path} />
  </svg>
)
