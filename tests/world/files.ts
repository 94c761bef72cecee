import { createHash } from 'node:crypto'
import { crc32, deflateRawSync, deflateSync } from 'node:zlib'
import { mint, type Actor } from './actor.ts'
import { does, type Done } from './acts.ts'

// Small files as programs write them, made here byte by byte so that the tests know what is in them; and how they are sent in.

const numbers = (value: number, bytes: number, little = false): Buffer => {
  const buffer = Buffer.alloc(bytes)
  if (little) buffer.writeUIntLE(value, 0, bytes)
  else buffer.writeUIntBE(value, 0, bytes)
  return buffer
}
const le = (value: number, bytes: number) => numbers(value, bytes, true)
const latin = (text: string) => Buffer.from(text, 'latin1')

export const pdf = (words = 'Samsyn', extra = ''): Buffer => {
  const stream = `BT /F1 18 Tf 60 760 Td (${words}) Tj ET`
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]
  let text = `%PDF-1.4\n${extra}`
  const offsets = objects.map((object, index) => {
    const at = text.length
    text += `${index + 1} 0 obj\n${object}\nendobj\n`
    return at
  })
  const xref = text.length
  const rows = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')
  text += `xref\n0 6\n0000000000 65535 f \n${rows}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`
  return latin(text)
}

export const png = (): Buffer => {
  const chunk = (name: string, content: Buffer) => {
    const body = Buffer.concat([latin(name), content])
    return Buffer.concat([numbers(content.length, 4), body, numbers(crc32(body), 4)])
  }
  const head = Buffer.concat([numbers(2, 4), numbers(2, 4), Buffer.from([8, 2, 0, 0, 0])])
  const rows = Buffer.alloc(2 * (1 + 2 * 3), 0x7f)
    .fill(0, 0, 1)
    .fill(0, 7, 8)
  return Buffer.concat([
    latin('\u0089PNG\r\n\u001a\n'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

export const gif = (): Buffer =>
  Buffer.from('47494638396101000100800000000000ffffff21f90400000000002c00000000010001000002024401003b', 'hex')

export const jpeg = (): Buffer =>
  Buffer.concat([
    Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'),
    Buffer.from('ffdb004300', 'hex'),
    Buffer.alloc(64, 1),
    Buffer.from('ffc0000b080001000101011100', 'hex'),
    Buffer.from('ffda0008010100003f00', 'hex'),
    Buffer.from('d2cf20ff00ffd01234ffd9', 'hex'),
  ])

export const webp = (): Buffer => Buffer.from('524946461a000000574542505650384c0d0000002f00000010071011118888fe0700', 'hex')

export interface Part {
  readonly name: string
  readonly content: Buffer | string
  /** Kept as it is, as an OpenDocument's first part is. */
  readonly stored?: true
}

export const zip = (parts: readonly Part[]): Buffer => {
  const locals: Buffer[] = []
  const list: Buffer[] = []
  let at = 0
  for (const { name, content, stored } of parts) {
    const plain = Buffer.from(content)
    const packed = stored ? plain : deflateRawSync(plain)
    const named = Buffer.from(name)
    const facts = [le(stored ? 0 : 8, 2), le(0, 4), le(crc32(plain), 4), le(packed.length, 4), le(plain.length, 4)]
    const local = [le(0x04034b50, 4), le(20, 2), le(0, 2), ...facts, le(named.length, 2), le(0, 2), named, packed]
    const lengths = [le(named.length, 2), le(0, 2), le(0, 2), le(0, 2), le(0, 2), le(0, 4)]
    const listed = [le(0x02014b50, 4), le(20, 2), le(20, 2), le(0, 2), ...facts, ...lengths, le(at, 4), named]
    list.push(Buffer.concat(listed))
    locals.push(Buffer.concat(local))
    at += Buffer.concat(local).length
  }
  const index = Buffer.concat(list)
  const end = [le(0x06054b50, 4), le(0, 4), le(parts.length, 2), le(parts.length, 2), le(index.length, 4), le(at, 4), le(0, 2)]
  return Buffer.concat([...locals, index, ...end])
}

const TYPES = {
  docx: ['word/document.xml', 'wordprocessingml.document'],
  xlsx: ['xl/workbook.xml', 'spreadsheetml.sheet'],
  pptx: ['ppt/presentation.xml', 'presentationml.presentation'],
} as const

/** A document of the present office format, with further parts. */
export const office = (ending: keyof typeof TYPES, more: readonly Part[] = [], type?: string): Buffer => {
  const [part, name] = TYPES[ending]
  const content = type ?? `application/vnd.openxmlformats-officedocument.${name}.main+xml`
  const override = `<Override PartName="/${part}" ContentType="${content}"/>`
  return zip([
    {
      name: '[Content_Types].xml',
      content: `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">${override}</Types>`,
    },
    { name: '_rels/.rels', content: '<?xml version="1.0"?><Relationships/>' },
    { name: part, content: '<?xml version="1.0"?><document>Samsyn</document>' },
    ...more,
  ])
}

export const opendocument = (kind: 'text' | 'spreadsheet' | 'presentation', more: readonly Part[] = []): Buffer =>
  zip([
    { name: 'mimetype', content: `application/vnd.oasis.opendocument.${kind}`, stored: true },
    { name: 'content.xml', content: '<?xml version="1.0"?><office:document-content/>' },
    ...more,
  ])

export const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

export const filesDoor = (actor: Actor): string => `/c/${actor.slug}/files`

/** Sends a file in, whatever is answered. */
export const send = (actor: Actor, name: string, bytes: Buffer, headers: Record<string, string> = {}): Promise<Response> =>
  actor.fetch(filesDoor(actor), {
    method: 'POST',
    headers: { origin: actor.origin, 'samsyn-file-name': encodeURIComponent(name), ...headers },
    body: new Uint8Array(bytes),
  })

/** Sends a file in and returns the id of the upload. */
export const upload = async (actor: Actor, name: string, bytes: Buffer = pdf()): Promise<string> => {
  const response = await send(actor, name, bytes)
  if (response.status !== 201) throw new Error(`${name} is not taken: ${response.status} ${await response.text()}`)
  return ((await response.json()) as { upload: string }).upload
}

/** A file on a task or a version of the agreement. */
export const attach = async (
  actor: Actor,
  place: { task: string } | { version: string },
  name = 'avtal.pdf',
  bytes: Buffer = pdf(),
): Promise<Done['subject']> =>
  (await does(actor, 'attachFile', { id: mint(), upload: await upload(actor, name, bytes), ...place })).subject
