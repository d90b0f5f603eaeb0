const warmUps = 5
const rounds = 31

/** The median of the milliseconds that an answer takes, read to its end; `status` is what it must be. */
export async function medianOf(request: () => Promise<Response>, status = 200): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < warmUps + rounds; i++) {
    const begun = performance.now()
    const response = await request()
    await response.text()
    if (response.status !== status) throw new Error(`The answer was ${response.status}, not ${status}`)
    if (i >= warmUps) times.push(performance.now() - begun)
  }
  return times.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0
}

/** Prints medians and how they stand to the first. */
export function printGrowth(sizes: readonly number[], medians: Record<string, number[]>): void {
  const headings = sizes.map((size) => size.toLocaleString('en'))
  console.log(`p50 of ${rounds}, ms, and × the first; limit of B8: 1.3 ×`)
  console.table(
    Object.fromEntries(
      Object.entries(medians).map(([name, values]) => [
        name,
        Object.fromEntries(
          values.map((value, i) => [
            headings[i],
            i === 0 ? value.toFixed(2) : `${value.toFixed(2)} (${(value / (values[0] ?? 1)).toFixed(2)} ×)`,
          ]),
        ),
      ]),
    ),
  )
}

type App = { request(url: string, init?: RequestInit): Response | Promise<Response> }

/** Signs in through both steps; answers the cookies. */
export async function signInTo(app: App, origin: string, identifier: string, proof: string): Promise<string> {
  const send = async (path: string, fields: Record<string, string>, cookie: string) =>
    app.request(origin + path, {
      method: 'POST',
      headers: { origin, cookie, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    })
  const cookiesOf = (response: Response) =>
    response.headers
      .getSetCookie()
      .map((line) => line.split(';')[0] ?? '')
      .filter((pair) => !pair.endsWith('='))
      .join('; ')
  const step = cookiesOf(await send('/sign-in', { identifier }, ''))
  return cookiesOf(await send('/sign-in/proof', { proof }, step))
}
