import { paths } from '../../paths.ts'

type Props = {
  /** Where the first license begins: a key to assign it to, or a new key. */
  generate: string
  hasKeys: boolean
}

/** What a seller without licenses does first (R90). */
export const FirstSteps = ({ generate, hasKeys }: Props) => (
  <section class="card">
    <h2>You have no licenses yet</h2>
    <p>
      {hasKeys
        ? 'You have an activation key: assign the first license to it.'
        : 'To generate one, you need an activation key first: your customer activates the software with it.'}
    </p>
    <ol>
      <li>
        {hasKeys ? (
          <>
            Create an activation key for a customer. <b class="good">Done</b>
          </>
        ) : (
          <>
            <a href={paths.newActivationKey}>Create an activation key</a> for a customer.
          </>
        )}
      </li>
      <li>
        Choose a product of the key, and assign a trial or permanent license. It costs{' '}
        <a href={paths.credits}>credits</a>; a trial costs none.
      </li>
      <li>
        Follow when its <a href={paths.support}>support</a> ends, and extend it in time.
      </li>
    </ol>
    <p>
      <a class="button main" href={generate}>
        Generate a License
      </a>
    </p>
    <p class="soft">
      The <a href={paths.documentation}>documentation</a> tells each step.
    </p>
  </section>
)
