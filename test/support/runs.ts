/** How often a property is tried; `FC_RUNS` raises it. */
export const runs = { numRuns: Number(process.env.FC_RUNS ?? 200) }
