import { InvalidInput } from '../graph/failures.ts'

/**
 * Guards: nobody's identity number reaches another party by a slip.
 *
 * Swedish personal identity numbers and coordination numbers (the day plus sixty) in free text: ten or twelve digits, with `-`, `+`,
 * a space or nothing before the last four, a day that exists, and a check digit that is right. Organisation numbers fall away: their
 * "month" is twenty or more. In doubt it is one: a mobile number written as ten digits can look exactly like somebody born in 2007.
 * The client warns by the same rules, in `client/src/lib/ui/personalNumbers.ts`; one corpus holds both to the same answers.
 */
const CANDIDATE = /(?<!\d)(18|19|20)?(\d\d)(\d\d)(\d\d)\s?[-+\u2010\u2012-\u2014\u2212]?\s?(\d{4})(?!\d)/g

export const hasPersonalNumber = (text: string): boolean => {
  const digits = text.normalize('NFKC')
  CANDIDATE.lastIndex = 0
  for (let match = CANDIDATE.exec(digits); match; match = CANDIDATE.exec(digits)) {
    const [, century, year = '', month = '', day = '', last = ''] = match
    if (isDay(century, year, month, day) && isChecked(year + month + day + last)) return true
    // What begins inside is looked at as well.
    CANDIDATE.lastIndex = match.index + 1
  }
  return false
}

/** Without a century, a day is one if it was in any. */
const isDay = (century: string | undefined, year: string, month: string, day: string): boolean => {
  const wanted = Number(day) > 60 ? Number(day) - 60 : Number(day)
  return (century === undefined ? ['19', '20'] : [century]).some((hundreds) => {
    const date = new Date(Date.UTC(Number(hundreds + year), Number(month) - 1, wanted))
    return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === wanted
  })
}

/** Luhn's: every other digit doubled, digits summed, to a whole number of tens. */
const isChecked = (ten: string): boolean =>
  [...ten].reduce((sum, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 2 : 1)
    return sum + (value > 9 ? value - 9 : value)
  }, 0) %
    10 ===
  0

/** Refuses what others than the own party are to read when somebody's number is in it; told beside each field. */
export const assertNoPersonalNumbers = (texts: Readonly<Record<string, string | undefined>>): void => {
  const fields = Object.entries(texts).filter(([, text]) => text !== undefined && hasPersonalNumber(text))
  if (fields.length > 0) throw new InvalidInput(fields.map(([field]) => ({ field, code: 'PERSONAL_NUMBER' as const })))
}
