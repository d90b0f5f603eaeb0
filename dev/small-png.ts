import { crc32, deflateSync, inflateSync } from 'node:zlib'

const mostColors = 128

/** A picture of a page again with few colors: a third of the bytes, and nobody sees the difference. */
export function smallPng(png: Buffer): Buffer {
  const { width, height, depth, data } = chunksOf(png)
  const pixels = unfiltered(inflateSync(data), width, height, depth)
  const { palette, indexOf } = paletteOf(pixels, depth)
  const lines = Buffer.alloc(height * (width + 1))
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      lines[y * (width + 1) + 1 + x] = indexOf(pixels.readUIntBE((y * width + x) * depth, 3))
    }
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 3, 0, 0, 0], 8) // 8 bits an index, a palette
  return Buffer.concat([
    png.subarray(0, 8),
    chunk('IHDR', head),
    chunk('PLTE', Buffer.from(palette.flatMap((color) => [color >> 16, (color >> 8) & 255, color & 255]))),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunksOf(png: Buffer) {
  const data: Buffer[] = []
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)))
  }
  const depth = png[25] === 6 ? 4 : 3
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20), depth, data: Buffer.concat(data) }
}

/** Undoes the filters of the lines: each byte was written as its difference to a guess. */
function unfiltered(lines: Buffer, width: number, height: number, depth: number): Buffer {
  const row = width * depth
  const out = Buffer.alloc(row * height)
  for (let y = 0; y < height; y++) {
    const filter = lines[y * (row + 1)]
    for (let x = 0; x < row; x++) {
      const left = x < depth ? 0 : (out[y * row + x - depth] as number)
      const up = y === 0 ? 0 : (out[(y - 1) * row + x] as number)
      const corner = x < depth || y === 0 ? 0 : (out[(y - 1) * row + x - depth] as number)
      const guesses = [0, left, up, (left + up) >> 1, paeth(left, up, corner)]
      out[y * row + x] = (lines[y * (row + 1) + 1 + x] as number) + (guesses[filter ?? 0] as number)
    }
  }
  return out
}

function paeth(left: number, up: number, corner: number): number {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)]
  if (a <= b && a <= c) return left
  return b <= c ? up : corner
}

/** The most frequent colors, and for each of the others the nearest of them. */
function paletteOf(pixels: Buffer, depth: number) {
  const counts = new Map<number, number>()
  for (let at = 0; at < pixels.length; at += depth) {
    const color = pixels.readUIntBE(at, 3)
    counts.set(color, (counts.get(color) ?? 0) + 1)
  }
  const palette = [...counts].sort((a, b) => b[1] - a[1]).map(([color]) => color)
  palette.length = Math.min(palette.length, mostColors)
  const known = new Map(palette.map((color, i) => [color, i]))
  const indexOf = (color: number): number => {
    const index = known.get(color) ?? nearest(palette, color)
    known.set(color, index)
    return index
  }
  return { palette, indexOf }
}

function nearest(palette: readonly number[], color: number): number {
  const far = (other: number) =>
    [16, 8, 0].reduce((sum, shift) => sum + (((other >> shift) & 255) - ((color >> shift) & 255)) ** 2, 0)
  return palette.reduce((best, other, i) => (far(other) < far(palette[best] as number) ? i : best), 0)
}

function chunk(type: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(data.length)
  head.write(type, 4, 'latin1')
  const tail = Buffer.alloc(4)
  tail.writeUInt32BE(crc32(Buffer.concat([head.subarray(4), data])))
  return Buffer.concat([head, data, tail])
}
