import { demoApiKeys, demoSignIns } from '../world/people.ts'

/** What is printed once the portal is up. */
export function greeting(port: number, folder: string, seconds: string): string {
  const origin = `http://localhost:${port}`
  const rows = [{ who: 'Who', identifier: 'E-mail or login', proof: 'Order number or password' }, ...demoSignIns]
  const width = (column: 'who' | 'identifier') => Math.max(...rows.map((row) => row[column].length))
  const signIns = rows.map(
    ({ who, identifier, proof }) =>
      `  ${who.padEnd(width('who'))}  ${identifier.padEnd(width('identifier'))}  ${proof}`,
  )
  return `
Portico runs at ${origin} (ready in ${seconds} s)

${signIns.join('\n')}

  API keys  ${demoApiKeys.join('  ')}
  Letters   ${origin}/dev/mail
  Clock     curl '${origin}/cdn-cgi/handler/scheduled?cron=*+*+*+*+*'
  Data      ${folder} (remove it to begin anew)

Ctrl-C stops it.
`
}
