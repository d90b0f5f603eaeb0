import type { Hono } from 'hono'
import { activationCalls } from '#src/api/activations.ts'
import { problemOf } from '#src/api/problems.ts'
import { softwareDoor } from '#src/api/software.ts'
import { validationCalls } from '#src/api/validations.ts'
import type { HttpEnv } from '#src/http/context.ts'
import { type DepsFor, shellAround } from '../shell.ts'

/** What installed software asks for, with all that is around it. */
export const machineDoor = softwareDoor([validationCalls, activationCalls])

/** The part of the portal that installed software talks to: no page is evaluated for it (budgets B6, B9). */
export const createMachines = (depsFor: DepsFor): Hono<HttpEnv> => shellAround([machineDoor], depsFor, problemOf)
