import { formatMoney } from '#src/domain/money.ts'
import { Public } from '../layouts/public.tsx'
import { paths } from '../paths.ts'

type Props = {
  vendorName: string
  supportEmail: string
  /** The session's id, which nobody can guess. */
  id: string
  session: {
    readonly email: string
    readonly currency: string
    readonly lines: readonly { readonly text: string; readonly dueMinor: number }[]
  }
  dueMinor: number
}

/** The page of the sandbox shop: it plays the payment provider, whatever may happen there. */
export const SandboxShopPage = ({ vendorName, supportEmail, id, session, dueMinor }: Props) => {
  const money = (minor: number) => formatMoney({ minor, currency: session.currency })
  return (
    <Public title="Sandbox shop" vendorName={vendorName} supportEmail={supportEmail}>
      <h1>Sandbox shop</h1>
      <p class="note">No payment provider is configured, so this page plays one. No money moves.</p>
      <p class="soft">For {session.email}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Price</th>
          </tr>
        </thead>
        <tbody>
          {session.lines.map(({ text, dueMinor: minor }) => (
            <tr>
              <td data-label="What">{text}</td>
              <td data-label="Price" class="mono">
                {money(minor)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <form method="post" action={paths.sandboxShopAct(id, 'payments')}>
        <p>
          <button type="submit" class="main">
            Pay {money(dueMinor)}
          </button>
        </p>
      </form>
      <details>
        <summary>What else may happen</summary>
        <section>
          {scenes.map(([act, label]) => (
            <form method="post" action={paths.sandboxShopAct(id, act)}>
              <button type="submit">{label}</button>
            </form>
          ))}
        </section>
      </details>
    </Public>
  )
}

const scenes = [
  ['declines', 'Decline the card'],
  ['abandonments', 'Leave without paying'],
  ['late-payments', 'Pay, and be told of it late'],
  ['double-payments', 'Pay twice'],
  ['foreign-payments', 'Pay in another currency'],
  ['short-payments', 'Pay half of it'],
] as const

type WalletProps = {
  vendorName: string
  supportEmail: string
  wallet: string
  cards: readonly { readonly kind: string; readonly brand: string; readonly ending: string; readonly does: string }[]
}

/** Where the sandbox keeps cards: those that it has are chosen, since a number is nothing to type into a portal. */
export const SandboxWalletPage = ({ vendorName, supportEmail, wallet, cards }: WalletProps) => (
  <Public title="Sandbox wallet" vendorName={vendorName} supportEmail={supportEmail}>
    <h1>Sandbox wallet</h1>
    <p class="note">No payment provider is configured, so this page plays one. No money moves.</p>
    <form class="form" method="post" action={paths.sandboxWallet(wallet)}>
      <fieldset>
        <legend>Card to add</legend>
        {cards.map(({ kind, brand, ending, does }, i) => (
          <p>
            <label>
              <input type="radio" name="card" value={kind} checked={i === 0} /> {brand} ending {ending}, which {does}
            </label>
          </p>
        ))}
      </fieldset>
      <button type="submit" class="main">
        Add the card
      </button>
    </form>
  </Public>
)
