import type { ComputerStanding } from '#src/domain/computers/computer.ts'
import { agoInWords } from '../words.ts'
import { At } from './time.tsx'

/** How a computer stands, in words. */
export const standingNames: Record<ComputerStanding, string> = {
  current: 'Current',
  grace: 'Overdue',
  lapsed: 'Lapsed',
  stale: 'Stale',
  never: 'Never checked in',
}

const colors: Record<ComputerStanding, 'good' | 'due' | 'bad'> = {
  current: 'good',
  grace: 'due',
  lapsed: 'bad',
  stale: 'bad',
  never: 'due',
}

type Props = { standing: ComputerStanding; seenAt: Date | null; now: Date }

/** The last check-in: how it stands and how long ago in words with a color, and the instant itself. */
export const MachineState = ({ standing, seenAt, now }: Props) => (
  <>
    <b class={colors[standing]}>{standingNames[standing]}</b>
    {seenAt && (
      <>
        , {agoInWords(seenAt, now)}{' '}
        <small>
          <At at={seenAt} />
        </small>
      </>
    )}
  </>
)
