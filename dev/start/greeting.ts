import { demoApiKeys, demoSignIns } from '../world/people.ts'

/** What is printed once the portal is up. */
export function greeting(port: number, folder: string, seconds: string): string {
  const origin = `http://localhost:${port}`
  const widths = [width('who'), width('identifier')] as const
  const signIns = demoSignIns.map(
    ({ who, identifier, proof }) => `  ${who.padEnd(widths[0])}  ${identifier.padEnd(widths[1])}  ${proof}`,
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

const width = (column: 'who' | 'identifier') => Math.max(...demoSignIns.map((one) => one[column].length))
