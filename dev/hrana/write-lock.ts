/**
 * Lets one stream write at a time, in the order of asking. SQLite's own waiting would block the event loop, and with
 * it the request that is to end the transaction waited for.
 */
export class WriteLock {
  #held = false
  readonly #waiting: (() => void)[] = []

  /** Resolves when the lock is the caller's. */
  async acquire(): Promise<void> {
    if (this.#held) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    this.#held = true
  }

  release(): void {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#held = false
  }
}
