import type { Machine } from '#src/db/machines.ts'
import { licensedBy } from '#src/domain/activations/licensed.ts'
import { nextCheckIn } from '#src/domain/computers/check-in.ts'
import type { Day } from '#src/domain/day.ts'

/** What a computer is licensed by, as software reads it; one license, in a list that may grow. */
export const licensesOf = (machine: Machine, today: Day) => [licensedBy(machine, today)]

type Answered = { readonly machine: Machine; readonly token: string; readonly goodUntil: Date | null }

/** An activation as the software gets it. */
export const activationShape = ({ machine, token, goodUntil }: Answered, licenseFile: string, today: Day) => ({
  id: machine.id,
  token,
  computer: { id: machine.computer.id, name: machine.computer.name, fingerprint: machine.computer.fingerprint },
  licenses: licensesOf(machine, today),
  nextCheckInAt: nextCheckIn(machine.lastCheckInAt ?? machine.activatedAt, machine.product).toISOString(),
  notice:
    goodUntil && `This activation key was replaced and is good until ${goodUntil.toISOString()}: use its new code`,
  licenseFile,
})
