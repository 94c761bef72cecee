import { fileTypeFromFile } from 'file-type'
import type { Bytes } from './bytes.ts'
import { type Kind, KINDS } from './kinds.ts'
import { endingOf } from './name.ts'
import { assertPicture } from './pictures.ts'
import { FileRefused } from './refusals.ts'
import { contentOf, entriesOf } from './zip.ts'

/**
 * Guards: what is kept is what its name says, whole and nothing else.
 *
 * The ending of the name says what is meant; the bytes must say the same to `file-type` and to us. Each kind is then followed to
 * its end: a file that is two things at once (a picture that is also a script, a document with an archive behind it) is one
 * thing to whoever looks at it here and another to whoever opens it. Returns the media type.
 */
export const inspect = async (path: string, bytes: Bytes, name: string): Promise<string> => {
  const kind = KINDS.get(endingOf(name))
  if (!kind) throw new FileRefused('KIND')
  // Of a text no bytes are magic: what is in it is looked at letter by letter.
  if (kind.family !== 'text') await assertMagic(bytes, kind, (await fileTypeFromFile(path).catch(() => undefined))?.mime)
  if (kind.family === 'text') await assertText(bytes)
  else if (kind.family === 'pdf') await assertPdf(bytes)
  else if (kind.family === 'office' || kind.family === 'opendocument') await assertDocument(bytes, kind)
  else {
    await assertPicture(bytes, kind.family)
    if (await holds(bytes, PAGE)) throw new FileRefused('MIXED')
  }
  return kind.mediaType
}

const MAGIC: Readonly<Record<Exclude<Kind['family'], 'text'>, string>> = {
  pdf: '%PDF-',
  png: '\u0089PNG\r\n\u001a\n',
  jpeg: '\u00ff\u00d8\u00ff',
  gif: 'GIF8',
  webp: 'RIFF',
  office: 'PK\u0003\u0004',
  opendocument: 'PK\u0003\u0004',
}

const assertMagic = async (bytes: Bytes, { family, mediaType }: Kind, found: string | undefined): Promise<void> => {
  const magic = MAGIC[family as keyof typeof MAGIC]
  if ((await bytes.head(magic.length)).toString('latin1') !== magic) throw new FileRefused(await isBehind(bytes, magic))
  if (found !== undefined && /macroEnabled/i.test(found)) throw new FileRefused('MACROS')
  // Of an archive, what is in it decides; `file-type` knows only some of the forms in which it may be written.
  const packed = family === 'office' || family === 'opendocument'
  const same = found === mediaType || (family === 'png' && found === 'image/apng') || (packed && found === 'application/zip')
  if (!same) throw new FileRefused(found === undefined ? 'DAMAGED' : 'MISMATCH')
}

/** Where the magic bytes come later, something stands before them. */
const isBehind = async (bytes: Bytes, magic: string): Promise<'MIXED' | 'MISMATCH'> =>
  (await bytes.head(4096)).includes(Buffer.from(magic, 'latin1')) ? 'MIXED' : 'MISMATCH'

/** A document ends where it says so, with nothing but a line behind it; no archive ends in it, no page begins in its head. */
const assertPdf = async (bytes: Bytes): Promise<void> => {
  const end = (await bytes.tail(2048)).toString('latin1')
  const last = end.lastIndexOf('%%EOF')
  if (last < 0) throw new FileRefused((await holds(bytes, /%%EOF/)) ? 'MIXED' : 'DAMAGED')
  if (/[^\s\0]/.test(end.slice(last + 5))) throw new FileRefused('MIXED')
  if ((await bytes.tail(22 + 0xffff)).includes('PK\u0005\u0006')) throw new FileRefused('MIXED')
  if (PAGE.test((await bytes.head(4096)).toString('latin1'))) throw new FileRefused('MIXED')
}

const assertDocument = async (bytes: Bytes, { family, proof }: Kind): Promise<void> => {
  const entries = await entriesOf(bytes)
  const names = new Set(entries.map((entry) => entry.name))
  const head = (await bytes.head(4096)).toString('latin1')
  if (/%PDF-/.test(head) || PAGE.test(head)) throw new FileRefused('MIXED')
  if (entries.some((entry) => /(^|[/\\])\.\.([/\\]|$)|^[/\\]|^[a-z]:/i.test(entry.name))) throw new FileRefused('MIXED')
  if (entries.some((entry) => PROGRAM.test(entry.name))) throw new FileRefused('MACROS')
  const read = async (name: string) => {
    const entry = entries.find((one) => one.name === name)
    return entry ? (await contentOf(bytes, entry, 1_000_000)).toString('utf8') : ''
  }
  if (family === 'opendocument') {
    if ((await read('mimetype')).trim() !== proof) throw new FileRefused('MISMATCH')
    return
  }
  if (/macroEnabled|vbaProject|activeX/i.test(await read('[Content_Types].xml'))) throw new FileRefused('MACROS')
  if (!names.has('[Content_Types].xml') || proof === undefined || !names.has(proof)) throw new FileRefused('MISMATCH')
}

/** What runs when a document is opened: of Microsoft's and of OpenDocument's kind, and whole programs packed in. */
const PROGRAM =
  /(^|\/)vba\w*\.(bin|xml)$|(^|\/)activeX\/|^Basic\/|^Scripts\/|\.(exe|dll|js|vbs|bat|cmd|ps1|scr|com|jar|sh|hta|msi|lnk)$/i

/** Words and nothing else, in UTF-8, one byte per letter or UTF-16; nothing that a browser, a shell or a printer would run. */
const assertText = async (bytes: Bytes): Promise<void> => {
  const head = (await bytes.head(4096)).toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '')
  if (/^(#!|MZ|\{\\rtf|<\?xml)|%PDF-|%!PS/.test(head)) throw new FileRefused('MISMATCH')
  const wide = head.startsWith('\u00ff\u00fe') ? new TextDecoder('utf-16le', { fatal: true }) : undefined
  for await (const piece of bytes.pieces(0)) {
    if (UNWRITTEN.test(wide ? decoded(wide, piece) : piece.toString('latin1'))) throw new FileRefused('MISMATCH')
  }
  if (await holds(bytes, PAGE)) throw new FileRefused('MISMATCH')
}

/** What no text has in it. Bytes from 80 up are letters in one way of writing or another. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const UNWRITTEN = /[\u0000-\u0008\u000b\u000e-\u001f\u007f]/

const decoded = (decoder: InstanceType<typeof TextDecoder>, piece: Buffer): string => {
  try {
    return decoder.decode(piece, { stream: true })
  } catch {
    throw new FileRefused('MISMATCH')
  }
}

/** The beginnings by which a browser takes something for a page, or a server for a program. */
const PAGE = /<(!doctype\s+html|html|head|body|script|iframe|svg|\?php|\?xml-stylesheet)[\s>]/i

const holds = async (bytes: Bytes, what: RegExp): Promise<boolean> => {
  for await (const piece of bytes.pieces(64)) {
    // Text of two bytes per letter says the same with nothing between.
    if (what.test(piece.toString('latin1').replaceAll('\0', ''))) return true
  }
  return false
}
