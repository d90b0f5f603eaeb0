import type { Hono } from 'hono'
import { problemFor } from './api-or-page.ts'
import { doors } from './app.tsx'
import type { HttpEnv } from './http/context.ts'
import { machineDoor } from './machines.ts'
import { type DepsFor, shellAround } from './shell.ts'
import { shopDoors } from './shop.ts'

/** The whole portal as a function of its dependencies: every door of every part. Tests and benchmarks drive it. */
export const createApp = (depsFor: DepsFor): Hono<HttpEnv> =>
  shellAround([machineDoor, ...shopDoors.calls, ...doors, shopDoors.pages], depsFor, problemFor)
