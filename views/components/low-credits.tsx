import { paths, withQuery } from '../paths.ts'
import { counted } from '../words.ts'

/** Says how many offers are low on credits, with the way to exactly those. */
export const LowCredits = ({ low }: { low: number }) => (
  <section class="note">
    <p>
      <b>
        {counted(low, 'offer')} {low === 1 ? 'is' : 'are'} low on credits.
      </b>{' '}
      Without credits no permanent license can be assigned.
    </p>
    <a href={withQuery(paths.credits, { low: 'yes' })}>Show what is low</a>
  </section>
)
