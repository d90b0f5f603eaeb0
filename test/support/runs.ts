import fc from 'fast-check'

/** How often a property is tried; `FC_RUNS` raises it. */
export const runs = { numRuns: Number(process.env.FC_RUNS ?? 200) }

/** The same for properties that go through a database; as many as a minute allows of the slowest. */
export const databaseRuns = { numRuns: Number(process.env.FC_RUNS ?? 40) }

/** Any text at all, of every letter there is (`unit: 'binary'` of fast-check takes a second to begin). */
export const anyText = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0x2ff }), fc.integer({ min: 0, max: 0x10ffff })), { maxLength: 300 })
  .map((codes) => String.fromCodePoint(...codes).toWellFormed())
