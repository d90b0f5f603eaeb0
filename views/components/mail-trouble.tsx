import { paths, withQuery } from '../paths.ts'
import { capped } from '../words.ts'

/** Letters that were given up, and letters that wait for longer than they should. */
export type Trouble = { readonly dead: number; readonly late: number }

/** Says that mail itself may be broken: a letter about it might not arrive either. */
export const MailTrouble = ({ trouble }: { trouble: Trouble | undefined }) => {
  const { dead = 0, late = 0 } = trouble ?? {}
  const letters = (count: number) => `${capped(count)} letter${count === 1 ? '' : 's'}`
  if (dead + late === 0) return null
  return (
    <p class="note">
      {late > 0 && (
        <>
          <a href={withQuery(paths.outbox, { state: 'pending' })}>{letters(late)}</a> {late === 1 ? 'waits' : 'wait'}{' '}
          for longer than 15 minutes: look at the settings of mail and at the provider.{' '}
        </>
      )}
      {dead > 0 && (
        <>
          <a href={withQuery(paths.outbox, { state: 'dead' })}>{letters(dead)}</a> {dead === 1 ? 'was' : 'were'} given
          up.
        </>
      )}
    </p>
  )
}
