import type { Hono } from 'hono'
import { problemFor } from './api-or-page.ts'
import { doors } from './app.tsx'
import type { HttpEnv } from './http/context.ts'
import { billing } from './parts/billing.ts'
import { machineDoor } from './parts/machines.ts'
import { people } from './parts/people.ts'
import { reports } from './parts/reports.ts'
import { shop } from './parts/shop.ts'
import { type DepsFor, shellAround } from './shell.ts'

const parts = [shop, billing, people, reports]

/** The whole portal as a function of its dependencies: every door of every part. Tests and benchmarks drive it. */
export const createApp = (depsFor: DepsFor): Hono<HttpEnv> =>
  shellAround(
    [machineDoor, ...parts.flatMap(({ calls }) => calls), ...doors, ...parts.map(({ pages }) => pages)],
    depsFor,
    problemFor,
  )
