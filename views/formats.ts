import { createContext } from 'hono/jsx'
import { plainFormats } from '#src/domain/settings/formats.ts'

/** How whoever reads a page wants days, times and money written. Letters have readers that nobody knows: theirs are plain. */
export const FormatsOfReader = createContext(plainFormats)
