// Unpacks the downloaded Chromium into this folder, and libraries that a minimal system lacks into lib.
import { createReadStream, createWriteStream, chmodSync, existsSync, mkdirSync, renameSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress } from 'node:zlib'
import { join } from 'node:path'

const packed = join('node_modules', '@sparticuz', 'chromium', 'bin')
const unpack = async (name, to) => {
  await pipeline(createReadStream(join(packed, name)), createBrotliDecompress(), createWriteStream(`${to}.part`))
  renameSync(`${to}.part`, to)
}

if (!existsSync('chromium')) {
  mkdirSync('lib', { recursive: true })
  for (const name of ['al2023', 'swiftshader']) {
    await unpack(`${name}.tar.br`, `${name}.tar`)
    execFileSync('tar', ['-xf', `${name}.tar`, '-C', name === 'al2023' ? 'lib' : '.', ...(name === 'al2023' ? ['--strip-components=1'] : [])])
  }
  await unpack('chromium.br', 'chromium.new')
  chmodSync('chromium.new', 0o755)
  renameSync('chromium.new', 'chromium')
}
