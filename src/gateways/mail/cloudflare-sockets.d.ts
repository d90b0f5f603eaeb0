declare module 'cloudflare:sockets' {
  export const connect: import('./smtp-conversation.ts').Connect
}
