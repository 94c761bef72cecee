import { deflateSync } from 'node:zlib'
import { gif, jpeg, office, opendocument, pdf, png, webp, zip } from '../world/files.ts'

/** What is taken, under the name it is sent with. */
export const GOOD: readonly (readonly [name: string, bytes: Buffer, mediaType: string])[] = [
  ['avtal.pdf', pdf(), 'application/pdf'],
  ['Åtgärder – våren.PDF', pdf(), 'application/pdf'],
  ['protokoll.docx', office('docx'), 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['siffror.xlsx', office('xlsx'), 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['bilder.pptx', office('pptx'), 'application/vnd.openxmlformats-officedocument.presentationml.presentation'],
  ['brev.odt', opendocument('text'), 'application/vnd.oasis.opendocument.text'],
  ['kalkyl.ods', opendocument('spreadsheet'), 'application/vnd.oasis.opendocument.spreadsheet'],
  ['visning.odp', opendocument('presentation'), 'application/vnd.oasis.opendocument.presentation'],
  ['karta.png', png(), 'image/png'],
  ['foto.jpg', jpeg(), 'image/jpeg'],
  ['foto, ljust och mörkt.jpeg', Buffer.concat([jpeg(), jpeg()]), 'image/jpeg'],
  ['rörlig.gif', gif(), 'image/gif'],
  ['logga.webp', webp(), 'image/webp'],
  ['anteckning.txt', Buffer.from('Först belysningen, sedan resten.\n'), 'text/plain'],
  ['bmi.csv', Buffer.from('BMI;ort\r\n23;Torsby\r\n'), 'text/csv'],
  ['gammal.csv', Buffer.from('År;Händelser\r\n2026;12\r\n', 'latin1'), 'text/csv'],
  ['bred.csv', Buffer.from('\u{feff}År\tHändelser\r\n', 'utf16le'), 'text/csv'],
  ['läsmig.md', Buffer.from('# Avtalet\n\n1 < 2, och a<b.\n'), 'text/markdown'],
]

const JS = '/*'
const html = '<html><script>alert(1)</script></html>'
const exe = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200), Buffer.from('PE\0\0')])

/** A picture that is a script as well: its width and height read as the beginning of a comment. */
const gifScript = () => {
  const bytes = gif()
  bytes.write(JS, 6, 'latin1')
  return Buffer.concat([bytes, Buffer.from('*/=1;alert(1)')])
}
/** The same, with the rest of the script inside the picture and nothing behind it. */
const gifScriptInside = () => {
  const [head, body] = [gif().subarray(0, 19), gif().subarray(19)]
  head.write(JS, 6, 'latin1')
  const words = Buffer.from('*/=1;alert(1)//')
  return Buffer.concat([head, Buffer.from([0x21, 0xfe, words.length]), words, Buffer.from([0]), body])
}
const jpegScript = () => {
  const bytes = Buffer.concat([jpeg().subarray(0, 4), Buffer.from(JS), Buffer.alloc(0x2f2a - 2, 32), jpeg().subarray(20)])
  return bytes
}
const pngWithPage = () => {
  const bytes = png()
  const words = Buffer.from(`Comment\0${html}`)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(words.length)
  return Buffer.concat([bytes.subarray(0, 33), length, Buffer.from('tEXt'), words, Buffer.alloc(4), bytes.subarray(33)])
}
const cut = (bytes: Buffer) => bytes.subarray(0, bytes.length - 30)
const archive = () => zip([{ name: 'a.txt', content: 'a' }])

/** What is not, and why. */
export const BAD: readonly (readonly [what: string, name: string, bytes: Buffer, status: number, code: string])[] = [
  ['nothing', 'tom.pdf', Buffer.alloc(0), 400, 'EMPTY'],
  ['no ending', 'avtal', pdf(), 415, 'KIND'],
  ['no name', '.pdf', pdf(), 415, 'KIND'],
  ['only a path', '../../', pdf(), 400, 'NAME'],
  ['a program', 'städa.exe', exe, 415, 'KIND'],
  ['a program behind two endings', 'avtal.pdf.exe', exe, 415, 'KIND'],
  ['a program behind a mark that turns direction', 'avtal\u202efdp.exe', exe, 415, 'KIND'],
  ['a script', 'städa.js', Buffer.from('alert(1)'), 415, 'KIND'],
  ['a page', 'sida.html', Buffer.from(html), 415, 'KIND'],
  ['a drawing', 'logga.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 415, 'KIND'],
  ['an archive', 'allt.zip', archive(), 415, 'KIND'],
  ['a document of the old format', 'gammal.doc', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 415, 'KIND'],
  ['a document that says it has macros', 'makro.docm', office('docx'), 415, 'KIND'],
  ['a program that says it is a document', 'avtal.pdf', exe, 415, 'MISMATCH'],
  ['a page that says it is a picture', 'logga.png', Buffer.from(html), 415, 'MISMATCH'],
  ['a page that says it is a text', 'text.txt', Buffer.from(html), 415, 'MISMATCH'],
  ['a page in wide letters', 'text.txt', Buffer.from(`\u{feff}${html}`, 'utf16le'), 415, 'MISMATCH'],
  ['a drawing that says it is a text', 'logga.txt', Buffer.from('<?xml version="1.0"?><svg/>'), 415, 'MISMATCH'],
  ['a drawing that says it is a picture', 'logga.png', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 415, 'MISMATCH'],
  ['a shell script that says it is a text', 'text.txt', Buffer.from('#!/bin/sh\nrm -rf /\n'), 415, 'MISMATCH'],
  ['bytes that say they are a table', 'tabell.csv', deflateSync(Buffer.from('a;b')), 415, 'MISMATCH'],
  ['a picture under another one’s name', 'foto.jpg', png(), 415, 'MISMATCH'],
  ['a sheet under a letter’s name', 'brev.docx', office('xlsx'), 415, 'MISMATCH'],
  ['an archive under a letter’s name', 'brev.docx', archive(), 415, 'MISMATCH'],
  ['a locked document', 'låst.docx', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(512)]), 415, 'MISMATCH'],
  ['macros', 'makro.docx', office('docx', [{ name: 'word/vbaProject.bin', content: 'x' }]), 415, 'MACROS'],
  ['macros by type', 'makro.docx', office('docx', [], 'application/vnd.ms-word.document.macroEnabled.main+xml'), 415, 'MACROS'],
  ['controls', 'makro.xlsx', office('xlsx', [{ name: 'xl/activeX/activeX1.bin', content: 'x' }]), 415, 'MACROS'],
  ['a program in a document', 'bilaga.docx', office('docx', [{ name: 'word/media/a.exe', content: exe }]), 415, 'MACROS'],
  ['macros of the open kind', 'makro.odt', opendocument('text', [{ name: 'Basic/Standard/a.xml', content: 'x' }]), 415, 'MACROS'],
  ['a document and a page', 'avtal.pdf', pdf('Samsyn', `%${html}\n`), 415, 'MIXED'],
  ['a page, then a document', 'avtal.pdf', Buffer.concat([Buffer.from(html), pdf()]), 415, 'MIXED'],
  ['a document, then a page', 'avtal.pdf', Buffer.concat([pdf(), Buffer.from(html)]), 415, 'MIXED'],
  ['a document, then an archive', 'avtal.pdf', Buffer.concat([pdf(), archive()]), 415, 'MIXED'],
  ['an archive inside a document', 'avtal.pdf', Buffer.concat([pdf(), archive(), Buffer.from('\n%%EOF\n')]), 415, 'MIXED'],
  ['a document, then a letter', 'brev.docx', Buffer.concat([pdf(), office('docx')]), 415, 'MIXED'],
  ['a letter that is a document too', 'brev.odt', zip([{ name: '%PDF-1.4', content: 'x', stored: true }]), 415, 'MIXED'],
  ['a letter, then a page', 'brev.docx', Buffer.concat([office('docx'), Buffer.from(html)]), 415, 'MIXED'],
  ['a letter with a way out', 'brev.docx', office('docx', [{ name: '../../etc/passwd', content: 'x' }]), 415, 'MIXED'],
  ['a picture and a script', 'bild.gif', gifScript(), 415, 'MIXED'],
  ['a picture and a script inside it', 'bild.gif', gifScriptInside(), 415, 'MIXED'],
  ['another picture and a script', 'foto.jpg', jpegScript(), 415, 'MIXED'],
  ['a picture, then an archive', 'bild.png', Buffer.concat([png(), archive()]), 415, 'MIXED'],
  ['a picture with a page in it', 'bild.png', pngWithPage(), 415, 'MIXED'],
  ['a photo, then an archive', 'foto.jpg', Buffer.concat([jpeg(), archive()]), 415, 'MIXED'],
  [
    'a photo with a note that hides an archive',
    'foto.jpg',
    Buffer.concat([jpeg(), archive(), Buffer.from('SEFT')]),
    415,
    'MIXED',
  ],
  ['half a picture', 'bild.png', cut(png()), 415, 'DAMAGED'],
  ['half a photo', 'foto.jpg', jpeg().subarray(0, 100), 415, 'DAMAGED'],
  ['half a document', 'avtal.pdf', cut(pdf()), 415, 'DAMAGED'],
  ['half a letter', 'brev.docx', cut(office('docx')), 415, 'DAMAGED'],
  ['half a picture that moves', 'bild.gif', gif().subarray(0, 30), 415, 'DAMAGED'],
  ['half of another picture', 'logga.webp', webp().subarray(0, 24), 415, 'DAMAGED'],
]
