/** What a letter is about is gone since it was written: it is not sent, and nobody is alarmed. */
export class Pointless extends Error {
  override readonly name = 'Pointless'
}
