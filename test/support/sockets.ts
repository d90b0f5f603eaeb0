import { connect as connectTcp, type Socket as Tcp } from 'node:net'
import { Duplex } from 'node:stream'
import { connect as connectTls } from 'node:tls'
import type { Connect, Socket } from '#src/gateways/mail/smtp-conversation.ts'

const unverified = { rejectUnauthorized: false }

/** `connect` of `cloudflare:sockets` over Node's own sockets; certificates of tests are taken unseen. */
export const connect: Connect = ({ hostname, port }, { secureTransport }) =>
  secureTransport === 'on'
    ? socketOf(connectTls({ host: hostname, port, ...unverified }))
    : socketOf(connectTcp({ host: hostname, port }))

function socketOf(tcp: Tcp): Socket {
  const { readable, writable } = Duplex.toWeb(tcp) as unknown as Pick<Socket, 'readable' | 'writable'>
  return {
    ...{ readable, writable },
    startTls: () => socketOf(connectTls({ socket: tcp, ...unverified })),
    async close() {
      tcp.destroy()
    },
  }
}
