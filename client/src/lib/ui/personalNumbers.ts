// The server's rule (`server/src/access/personalNumbers.ts`) said once more, so that one is warned while one writes, also without a
// connection. The server decides; whoever changes one must change the other, and the tests hold both to one corpus.
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
  Array.from(ten).reduce((sum, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 2 : 1)
    return sum + (value > 9 ? value - 9 : value)
  }, 0) %
    10 ===
  0
