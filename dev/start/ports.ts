import { type AddressInfo, createServer } from 'node:net'
import { Trouble } from '../trouble.ts'

export type Ports = { readonly port: number; readonly dbPort: number }

/** The ports to use. Unless one is asked for, the database takes 8080, or any other where that is in use. */
export async function choosePorts(): Promise<Ports> {
  const port = portIn('PORT') ?? 8787
  const dbPort = portIn('DB_PORT')
  if (dbPort === port) throw new Trouble('PORT and DB_PORT must differ.')
  await demandFree('PORT', port)
  if (dbPort) await demandFree('DB_PORT', dbPort)
  return { port, dbPort: dbPort ?? (port !== 8080 && (await isFree(8080)) ? 8080 : await anyPort()) }
}

/** The port a variable asks for. */
function portIn(name: string): number | undefined {
  const text = process.env[name]
  if (!text) return undefined
  const port = Number(text)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new Trouble(`${name} must be a number from 1 to 65535.`)
}

/** Throws unless nobody listens on the port, by either name of this machine. */
async function demandFree(name: string, port: number): Promise<void> {
  for (const host of ['127.0.0.1', '::1']) {
    const code = await listeningFails(port, host)
    if (code === 'EADDRINUSE') {
      throw new Trouble(
        `Port ${port} is in use. Stop what uses it, or choose another one: ${name}=${port + 1} npm start`,
      )
    }
    if (code === 'EACCES') throw new Trouble(`Port ${port} needs special rights. Choose one above 1023 with ${name}.`)
  }
}

/** Whether a port is free on the loopback address. */
const isFree = async (port: number): Promise<boolean> => (await listeningFails(port, '127.0.0.1')) === undefined

function listeningFails(port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'))
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(undefined)))
  })
}

function anyPort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}
