#!/usr/bin/env node
// Checks what a party has been told, without the hub: nothing but Node's own (20 or later).
//
//     node verify.mjs [--archive FOLDER …] [journal.jsonl] [heads.json …]
//
// journal.jsonl is what `pnpm samsyn journal export` writes: one entry a line, {seq, hash, entry, texts}, after a line {archived} when what
// came before has been archived. FOLDER is where archives lie, or one of them: what `pnpm samsyn journal archive` writes of the party's
// stream. A heads file holds signed heads as `signedHeads` of the API gives them, one object or a list. Ends with 0 when all of it holds,
// with 1 and the first thing that does not.
//
// What holds: each hash is SHA-256 of the hash before it (32 zero bytes before the first) and the entry's text. A text that is free or
// personal stands in the entry as a commitment, SHA-256 of a salt and the text, so that it can be erased. A signature is Ed25519 over the
// head's {at, epoch, hash, seq, stream} as JSON without spaces, keys in this order. An archive ends at a signed head, and the next one, or
// the journal, goes on from there.
import { createHash, createPublicKey, verify } from 'node:crypto'
import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const stop = (what) => {
  console.error(what)
  process.exit(1)
}
const given = process.argv.slice(2)
const folders = []
for (let at = given.indexOf('--archive'); at >= 0; at = given.indexOf('--archive')) folders.push(given.splice(at, 2)[1])
// Without an archive the first is the journal, whatever it is called.
const file = folders.length === 0 || given[0]?.endsWith('.jsonl') ? given.shift() : undefined
if ((!file && folders.length === 0) || folders.includes(undefined))
  stop('Usage: node verify.mjs [--archive FOLDER …] [journal.jsonl] [heads.json …]')

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest()
const keys = new Set()
const assertSigned = ({ at, epoch, hash, seq, stream, key, signature }) => {
  const publicKey = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: key } })
  const said = Buffer.from(JSON.stringify({ at, epoch, hash, seq, stream }))
  if (!verify(null, said, publicKey, Buffer.from(signature, 'base64url')))
    stop(`The head of ${at} does not bear its key's signature.`)
  keys.add(key)
}
async function* linesOf(name) {
  let number = 0
  for await (const line of createInterface({ input: createReadStream(name) })) {
    number += 1
    if (!line.trim()) continue
    try {
      yield JSON.parse(line)
    } catch {
      stop(`Line ${number} of ${name} is not what was written.`)
    }
  }
}

const hashes = new Map()
/** How far what was read goes, and from where. */
let first, stream
/** The hash of the entry before the first that was read. */
let beginning
let last = 0n
let previous = Buffer.alloc(32)
let [erased, wordless] = [0, 0]

/** The next entry, with the texts that are kept of it; undefined when none are kept at all. */
const read = ({ seq, hash, entry }, texts, where) => {
  const place = String(last + 1n)
  if (seq !== place) stop(`Entry ${place} is missing${where}; what stands there says that it is ${seq}.`)
  previous = sha256(previous, entry)
  if (previous.toString('hex') !== hash) stop(`Entry ${seq} is not what was told at that place${where}.`)
  const held = new Map(texts?.map((text) => [text.hash, text]))
  for (const [, commitment] of entry.matchAll(/\{"commitment":"([0-9a-f]{64})"\}/g)) {
    const text = held.get(commitment)
    if (!texts) wordless += 1
    else if (!text) stop(`A text of entry ${seq} is gone without having been erased${where}.`)
    else if (text.value === null) erased += 1
    else if (sha256(Buffer.from(text.salt, 'hex'), text.value).toString('hex') !== commitment)
      stop(`A text of entry ${seq} is not the one that was written${where}.`)
  }
  last += 1n
  hashes.set(seq, hash)
}

/** What came before is not here: the head that was signed there says what it came to. */
const begin = (seq, hash, head) => {
  if (hash !== head?.hash || seq !== head.seq)
    stop(`No head was signed at entry ${seq}, before which all is said to be archived.`)
  assertSigned(head)
  stream = head.stream
  last = BigInt(seq)
  previous = Buffer.from(hash, 'hex')
  beginning = hash
}

const archivesIn = (folder) => {
  if (existsSync(join(folder, 'archive.json'))) return [folder]
  const within = readdirSync(folder, { withFileTypes: true }).filter((one) => one.isDirectory() && !one.name.startsWith('.'))
  return within.flatMap(({ name }) => archivesIn(join(folder, name)))
}
const descriptionOf = (folder) => {
  try {
    return { folder, ...JSON.parse(readFileSync(join(folder, 'archive.json'), 'utf8')) }
  } catch {
    return stop(`${join(folder, 'archive.json')} is not what was written.`)
  }
}
const archives = folders
  .flatMap(archivesIn)
  .map(descriptionOf)
  .sort((a, b) => (BigInt(a.first) < BigInt(b.first) ? -1 : 1))
for (const archive of archives) {
  const where = ` in ${archive.folder}`
  if (stream !== undefined && stream !== archive.stream) stop('These archives are of several parties: give those of one.')
  if (first === undefined && archive.headBefore) begin(String(BigInt(archive.first) - 1n), archive.before, archive.headBefore)
  else if (archive.headBefore) assertSigned(archive.headBefore)
  first ??= last + 1n
  stream = archive.stream
  if (BigInt(archive.first) !== last + 1n || archive.before !== previous.toString('hex'))
    stop(`The archive of entries ${archive.first}-${archive.last} does not follow on entry ${last}.`)
  const texts = new Map()
  const words = join(archive.folder, 'texts.jsonl')
  const kept = existsSync(words)
  if (kept) for await (const text of linesOf(words)) texts.set(text.seq, [...(texts.get(text.seq) ?? []), text])
  for await (const line of linesOf(join(archive.folder, 'entries.jsonl')))
    read(line, kept ? (texts.get(line.seq) ?? []) : undefined, where)
  for (const head of archive.heads) {
    assertSigned(head)
    if (hashes.get(head.seq) !== head.hash) stop(`The head of ${head.at} has another hash for entry ${head.seq}${where}.`)
  }
  if (String(last) !== archive.last || archive.heads.at(-1)?.seq !== archive.last)
    stop(`Entry ${last + 1n} is missing${where}: it went on to ${archive.last}, where a head was signed.`)
}

if (file)
  for await (const line of linesOf(file)) {
    if (line.archived === undefined) {
      first ??= last + 1n
      read(line, line.texts, '')
      continue
    }
    const { last: end, hash, head } = line.archived
    if (first === undefined) begin(end, hash, head)
    else if (end !== String(last) || hash !== previous.toString('hex'))
      stop(
        `The journal begins after entry ${end}, and the archive ends at entry ${last}${end === String(last) ? ', which is another' : ''}.`,
      )
    else assertSigned(head)
  }
first ??= last + 1n

let heads = 0
for (const head of given.flatMap((name) => JSON.parse(readFileSync(name, 'utf8')))) {
  const { at, hash, seq } = head
  assertSigned(head)
  if (BigInt(seq) < first - 1n) stop(`The head of ${at} is of entry ${seq}, which is archived: give the archive too (--archive).`)
  const there = BigInt(seq) === first - 1n ? beginning : hashes.get(seq)
  if (there === undefined) stop(`The head of ${at} says that there were ${seq} entries; here are ${last}.`)
  if (there !== hash) stop(`The head of ${at} has another hash for entry ${seq}.`)
  heads += 1
}

const before = first > 1n ? `; entries 1-${first - 1n} are archived elsewhere` : ''
const without = wordless > 0 ? `; the words of ${wordless} texts are not kept` : ''
console.log(`${hashes.size} entries and ${heads} heads hold; ${erased} texts have been erased${before}${without}.`)
// Who signs with a key of their own can make heads that hold: whose key it was is to be compared with what the hub's operator reads out.
for (const key of keys) {
  const fingerprint = sha256(Buffer.from(key, 'base64url'))
    .toString('hex')
    .replaceAll(/.{4}(?=.)/g, '$& ')
  console.log(`Signed by the key with the fingerprint ${fingerprint}`)
}
