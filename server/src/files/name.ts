import { FileRefused } from './refusals.ts'

/**
 * Guards: a file's name is one line that says what it is, on every system and in every direction of writing.
 *
 * Paths are cut away, and so are marks that are not seen or that turn the direction of what follows: a name that is shown as
 * `rapportfdp.exe` must not be one that ends in `.pdf`. What is left is 1 to 200 characters, with an ending.
 */
export const cleanName = (given: string): string => {
  if (!given.isWellFormed()) throw new FileRefused('NAME')
  const bare = given
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/gu, '')
    .replace(/^.*[/\\]/, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
  const dot = bare.lastIndexOf('.')
  if (dot < 1) throw new FileRefused(bare === '' ? 'NAME' : 'KIND')
  const ending = bare.slice(dot)
  const stem = Array.from(bare.slice(0, dot))
    .slice(0, MOST - [...ending].length)
    .join('')
  if (stem.trim() === '') throw new FileRefused('NAME')
  // Names of devices, which some systems open instead of the file.
  return `${/^(con|prn|aux|nul|com\d|lpt\d)$/i.test(stem) ? `_${stem}` : stem.trimEnd()}${ending}`
}

const MOST = 200

export const endingOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1).toLowerCase()
