/** How the bytes of a kind are looked at. */
export type Family = 'pdf' | 'png' | 'jpeg' | 'gif' | 'webp' | 'office' | 'opendocument' | 'text'

export interface Kind {
  readonly mediaType: string
  readonly family: Family
  /** The part that an office document of this kind is made of, or the media type that an OpenDocument says it has. */
  readonly proof?: string
}

const office = (mediaType: string, proof: string): Kind => ({
  mediaType: `application/vnd.openxmlformats-officedocument.${mediaType}`,
  family: 'office',
  proof,
})
const opendocument = (name: string): Kind => {
  const mediaType = `application/vnd.oasis.opendocument.${name}`
  return { mediaType, family: 'opendocument', proof: mediaType }
}

/**
 * Guards: what is taken is listed; everything else is not.
 *
 * By the ending of the name. Not on the list on purpose: SVG and HTML (they run in a page), archives (what is in them is not
 * looked at), documents of the old office format (programs hide in them), and everything that runs by itself.
 */
export const KINDS: ReadonlyMap<string, Kind> = new Map([
  ['pdf', { mediaType: 'application/pdf', family: 'pdf' }],
  ['docx', office('wordprocessingml.document', 'word/document.xml')],
  ['xlsx', office('spreadsheetml.sheet', 'xl/workbook.xml')],
  ['pptx', office('presentationml.presentation', 'ppt/presentation.xml')],
  ['odt', opendocument('text')],
  ['ods', opendocument('spreadsheet')],
  ['odp', opendocument('presentation')],
  ['png', { mediaType: 'image/png', family: 'png' }],
  ['jpg', { mediaType: 'image/jpeg', family: 'jpeg' }],
  ['jpeg', { mediaType: 'image/jpeg', family: 'jpeg' }],
  ['gif', { mediaType: 'image/gif', family: 'gif' }],
  ['webp', { mediaType: 'image/webp', family: 'webp' }],
  ['txt', { mediaType: 'text/plain', family: 'text' }],
  ['csv', { mediaType: 'text/csv', family: 'text' }],
  ['md', { mediaType: 'text/markdown', family: 'text' }],
])

/** The endings that are taken. */
export const ENDINGS: readonly string[] = [...KINDS.keys()]
