import { createReadStream, existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type ArchivedEntry, type ArchivedText, archivesIn, ENTRIES, streamsIn, TEXTS } from './format.ts'
import { Lines } from './write.ts'

/**
 * Guards: what somebody took back after it was archived is taken out of the archive too, and the archive holds as before.
 *
 * Nothing that is chained is touched: the words stand in a file of their own, in which salt and value become nothing. Answers with how
 * many texts were taken out.
 */
export const forgetIn = async (folder: string, comments: ReadonlySet<string>): Promise<number> => {
  let forgotten = 0
  for (const stream of await streamsIn(folder))
    for (const { folder: archive } of await archivesIn(stream.folder)) forgotten += await forget(archive, comments)
  return forgotten
}

const forget = async (archive: string, comments: ReadonlySet<string>): Promise<number> => {
  const [words, without] = [join(archive, TEXTS), join(archive, `${TEXTS}.new`)]
  await rm(without, { force: true })
  if (!existsSync(words)) return 0
  const places = await placesOf(join(archive, ENTRIES), comments)
  if (places.size === 0) return 0
  let forgotten = 0
  const lines = await Lines.open(without)
  for await (const line of createInterface({ input: createReadStream(words) })) {
    const text = JSON.parse(line) as ArchivedText
    const goes = places.has(text.seq) && text.value !== null
    if (goes) forgotten += 1
    await lines.write(goes ? { ...text, salt: '', value: null } : text)
  }
  await lines.close()
  await (forgotten > 0 ? rename(without, words) : rm(without))
  return forgotten
}

/** Numbers of the entries that say something of these comments. */
const placesOf = async (file: string, comments: ReadonlySet<string>): Promise<Set<string>> => {
  const places = new Set<string>()
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const { seq, entry } = JSON.parse(line) as ArchivedEntry
    const { type, subject } = JSON.parse(entry) as { type: string; subject: string }
    if (type === 'Comment' && comments.has(subject)) places.add(seq)
  }
  return places
}
