import { type InputIssue, type InputIssueCode, InvalidInput } from './failures.ts'

/**
 * Guards: nothing reaches a service that breaks a rule, and all that is wrong is told at once, beside its field.
 *
 * A check returns the cleaned value. Issues are gathered; `done` throws them together.
 */
export class InputCheck {
  readonly #issues: InputIssue[] = []

  /** One line or, with `lines`, a text of several. Trimmed when one line; length in characters as people count code points. */
  text(field: string, value: string, bounds: { least?: number; most: number; lines?: boolean }): string {
    const text = bounds.lines ? value.replaceAll('\r\n', '\n') : value.trim()
    const length = [...text].length
    if (FORBIDDEN.test(text) || (!bounds.lines && /[\n\r\t]/.test(text)) || !text.isWellFormed())
      this.#add(field, 'INVALID_CHARACTER')
    else if (length > bounds.most) this.#add(field, 'TOO_LONG', bounds.most)
    else if (text.trim().length === 0 && (bounds.least ?? 0) > 0) this.#add(field, 'EMPTY')
    return text
  }

  /** A calendar day that exists, between 1900 and 2999, as the Date at its midnight in UTC. */
  date(field: string, value: string): Date {
    const date = new Date(`${value}T00:00:00Z`)
    const real = /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value)
    if (!real || date.getUTCFullYear() < 1900 || date.getUTCFullYear() > 2999) this.#add(field, 'INVALID_DATE')
    return date
  }

  /** A time of day, HH:MM from 00:00 to 23:59. */
  time(field: string, value: string): string {
    if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(value)) this.#add(field, 'INVALID_TIME')
    return value
  }

  /** A UUID minted by the client. */
  minted(field: string, value: string): string {
    if (!UUID.test(value)) this.#add(field, 'INVALID_ID')
    return value.toLowerCase()
  }

  email(field: string, value: string): string {
    const email = value.trim().toLowerCase()
    if (email.length > 254) this.#add(field, 'TOO_LONG', 254)
    else if (!/^[^\s@<>()",;:\\]+@[a-z0-9åäöéü.-]+\.[a-z]{2,}$/.test(email) || FORBIDDEN.test(email))
      this.#add(field, 'INVALID_EMAIL')
    return email
  }

  /** At most `most` things, each once. */
  list<T>(field: string, values: readonly T[], most: number): T[] {
    if (values.length > most) this.#add(field, 'TOO_MANY', most)
    return [...new Set(values)]
  }

  /** A number that is not above the bound. */
  most(field: string, value: number, bound: number): void {
    if (value > bound) this.#add(field, 'TOO_MANY', bound)
  }

  require(field: string, condition: boolean, code: InputIssueCode): void {
    if (!condition) this.#add(field, code)
  }

  /** Nothing wrong is undefined. */
  document(field: string, wrong: string | undefined): void {
    if (wrong !== undefined) this.#issues.push({ field, code: 'INVALID_DOCUMENT', detail: wrong })
  }

  /** Throws all issues together, if there are any. */
  done(): void {
    if (this.#issues.length > 0) throw new InvalidInput(this.#issues)
  }

  #add(field: string, code: InputIssueCode, limit?: number): void {
    this.#issues.push(limit === undefined ? { field, code } : { field, code, limit })
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * Control characters but tab and newlines, and the marks that turn the direction of what follows: they make a text look
 * like another one.
 */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/
