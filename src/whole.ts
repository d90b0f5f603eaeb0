import type { Hono } from 'hono'
import { doors, problemFor } from './app.tsx'
import type { HttpEnv } from './http/context.ts'
import { machineDoor } from './machines.ts'
import { type DepsFor, shellAround } from './shell.ts'

/** The whole portal as a function of its dependencies: every door of every part. Tests and benchmarks drive it. */
export const createApp = (depsFor: DepsFor): Hono<HttpEnv> => shellAround([machineDoor, ...doors], depsFor, problemFor)
