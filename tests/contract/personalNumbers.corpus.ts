// Numbers for the rule about identity numbers, made by a generator of its own: those that must be seen in every spelling, and those that
// people write in earnest and are no person's. Seeded, so that a run can be repeated. All of them are made up.

/** A number from 0 to 1, the same at every run (mulberry32). */
const chance = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
}
const random = chance(20_261_124)
const upTo = (most: number): number => Math.floor(random() * most)
const pad = (value: number, length: number): string => String(value).padStart(length, '0')

/** The digit that makes ten of them whole. */
const check = (nine: string): number => {
  let sum = 0
  for (const [index, digit] of [...nine].entries())
    for (const one of String(Number(digit) * (2 - (index % 2)))) sum += Number(one)
  return (10 - (sum % 10)) % 10
}

interface Number12 {
  readonly century: string
  readonly six: string
  readonly four: string
}

const person = (coordination: boolean): Number12 => {
  const born = new Date(Date.UTC(1900, 0, 1) + upTo(46_000) * 86_400_000)
  const six = `${pad(born.getUTCFullYear() % 100, 2)}${pad(born.getUTCMonth() + 1, 2)}${pad(born.getUTCDate() + (coordination ? 60 : 0), 2)}`
  const serial = pad(upTo(1000), 3)
  return { century: pad(Math.floor(born.getUTCFullYear() / 100), 2), six, four: `${serial}${check(six + serial)}` }
}

const SEPARATORS = ['', '-', '+', ' ', '–', '‑', '−', '\u00a0', ' - ']
const AROUND: ((number: string) => string)[] = [
  (number) => number,
  (number) => `Pnr ${number}.`,
  (number) => `(${number})`,
  (number) => `Mötet den 12/3: elev ${number}, årskurs 8`,
  (number) => `**${number}**`,
  (number) => `pnr:${number}/åk 8`,
  (number) => `Ring 0560-16000 om\n${number}\n`,
  (number) => `2026-11-24 ${number}`,
]

/** Somebody's, in all spellings: each number in each, in surroundings that change. */
export const persons: readonly string[] = Array.from({ length: 2_000 }, (_, index) => person(index % 4 === 3)).flatMap(
  ({ century, six, four }) =>
    SEPARATORS.flatMap((separator) =>
      [six, century + six].map((date) => (AROUND[upTo(AROUND.length)] ?? String)(date + separator + four)),
    ),
)

const digits = (length: number): string => Array.from({ length }, () => upTo(10)).join('')
const organisation = (): string => {
  const nine = `${[2, 5, 7, 8, 9][upTo(5)]}${upTo(10)}${2 + upTo(8)}${digits(6)}`
  return nine + check(nine)
}
const day = (): string => new Date(Date.UTC(2020, 0, 1) + upTo(3_000) * 86_400_000).toISOString().slice(0, 10)
const many = (make: (index: number) => string): string[] => Array.from({ length: 2_000 }, (_, index) => make(index))
const broken = ({ century, six, four }: Number12, index: number): string =>
  `${index % 2 ? century : ''}${six}-${four.slice(0, 3)}${(Number(four[3]) + 1 + upTo(9)) % 10}`

/** Nobody's, by what they are. */
export const others: Readonly<Record<string, readonly string[]>> = {
  'phone numbers as people write them': many(
    (index) =>
      [
        `0${digits(2)}-${digits(3)} ${digits(2)} ${digits(2)}`,
        `0560-${digits(2)} ${digits(3)}`,
        `+46 70 ${digits(3)} ${digits(2)} ${digits(2)}`,
        `+4670${digits(7)}`,
      ][index % 4] ?? '',
  ),
  'mobile numbers as ten digits': many(() => `07${digits(8)}`),
  'registry numbers': many(
    (index) => [`KS 2026/${digits(4)}`, `KS2026-${digits(5)}`, `A${digits(3)}.${digits(3)}/2026`][index % 3] ?? '',
  ),
  'case numbers of the police': many(() => `5000-K${digits(6)}-26`),
  'dates and times': many(
    (index) =>
      [day(), `${day()} ${pad(upTo(24), 2)}.${pad(upTo(60), 2)}`, day().replaceAll('-', ''), day().slice(2)][index % 4] ?? '',
  ),
  'organisation numbers': many((index) => organisation().replace(/^(.{6})/, index % 2 ? '$1-' : '$1')),
  'VAT numbers': many(() => `SE${organisation()}01`),
  IBANs: many((index) =>
    index % 2 ? `SE${digits(22)}` : `SE${digits(2)} ${Array.from({ length: 5 }, () => digits(4)).join(' ')}`,
  ),
  'bank giro and post giro': many((index) => (index % 2 ? `${digits(4)}-${digits(4)}` : `${digits(6)}-${digits(1)}`)),
  'a wrong check digit': many((index) => broken(person(index % 4 === 3), index)),
  'a day that does not exist': many(() => {
    const six = `${digits(2)}${pad(1 + upTo(12), 2)}${[32, 45, 60, 92, 99][upTo(5)]}`
    const serial = digits(3)
    return `${six}-${serial}${check(six + serial)}`
  }),
}
