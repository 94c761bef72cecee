#!/usr/bin/env node
// Checks what a party has been told, without the hub: nothing but Node's own (20 or later).
//
//     node verify.mjs journal.jsonl [heads.json …]
//
// journal.jsonl is what `pnpm samsyn journal export` writes: one entry a line, {seq, hash, entry, texts}. A heads file holds signed heads as
// `signedHeads` of the API gives them, one object or a list. Ends with 0 when all of it holds, with 1 and the first thing that does not.
//
// What holds: each hash is SHA-256 of the hash before it (32 zero bytes before the first) and the entry's text. A text that is free or
// personal stands in the entry as a commitment, SHA-256 of a salt and the text, so that it can be erased. A signature is Ed25519 over the
// head's {at, epoch, hash, seq, stream} as JSON without spaces, keys in this order.
import { createHash, createPublicKey, verify } from 'node:crypto'
import { createReadStream, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

const [file, ...headFiles] = process.argv.slice(2)
const stop = (what) => {
  console.error(what)
  process.exit(1)
}
if (!file) stop('Usage: node verify.mjs journal.jsonl [heads.json …]')

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest()

const hashes = new Map()
let previous = Buffer.alloc(32)
let erased = 0
for await (const line of createInterface({ input: createReadStream(file) })) {
  if (!line.trim()) continue
  const { seq, hash, entry, texts } = JSON.parse(line)
  const place = hashes.size + 1
  if (seq !== String(place)) stop(`Entry ${place} is missing; what stands there says that it is ${seq}.`)
  previous = sha256(previous, entry)
  if (previous.toString('hex') !== hash) stop(`Entry ${seq} is not what was told at that place.`)
  const held = new Map(texts.map((text) => [text.hash, text]))
  for (const [, commitment] of entry.matchAll(/\{"commitment":"([0-9a-f]{64})"\}/g)) {
    const text = held.get(commitment)
    if (!text) stop(`A text of entry ${seq} is gone without having been erased.`)
    if (text.value === null) erased += 1
    else if (sha256(Buffer.from(text.salt, 'hex'), text.value).toString('hex') !== commitment)
      stop(`A text of entry ${seq} is not the one that was written.`)
  }
  hashes.set(seq, hash)
}

let heads = 0
const keys = new Set()
for (const head of headFiles.flatMap((name) => JSON.parse(readFileSync(name, 'utf8')))) {
  const { at, epoch, hash, seq, stream, key, signature } = head
  const publicKey = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: key } })
  const said = Buffer.from(JSON.stringify({ at, epoch, hash, seq, stream }))
  if (!verify(null, said, publicKey, Buffer.from(signature, 'base64url')))
    stop(`The head of ${at} does not bear its key's signature.`)
  if (!hashes.has(seq)) stop(`The head of ${at} says that there were ${seq} entries; here are ${hashes.size}.`)
  if (hashes.get(seq) !== hash) stop(`The head of ${at} has another hash for entry ${seq}.`)
  heads += 1
  keys.add(key)
}

console.log(`${hashes.size} entries and ${heads} heads hold; ${erased} texts have been erased.`)
// Who signs with a key of their own can make heads that hold: whose key it was is to be compared with what the hub's operator reads out.
for (const key of keys) {
  const fingerprint = sha256(Buffer.from(key, 'base64url'))
    .toString('hex')
    .replaceAll(/.{4}(?=.)/g, '$& ')
  console.log(`Signed by the key with the fingerprint ${fingerprint}`)
}
