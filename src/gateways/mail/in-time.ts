/** Waits for something, but not beyond a point in time, in milliseconds. */
export async function inTime<T>(work: Promise<T>, until: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    const refuse = () => reject(new Error('The mail server did not answer in time'))
    timer = setTimeout(refuse, Math.max(0, until - Date.now()))
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
