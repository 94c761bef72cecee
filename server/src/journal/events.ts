/**
 * Guards: every kind of event is declared once, by its slice, with the fields it may carry.
 *
 * A field's form says how it stands in the chain: `text` is free text or personal data and becomes a commitment; `value`
 * is plain; the name of a type means ids of that type.
 */
export type FieldForm = 'text' | 'value' | 'Party' | 'Member' | 'Clause'

export interface EventDeclaration {
  /** GraphQL type of the subject. */
  readonly subject: string
  readonly fields: Readonly<Record<string, FieldForm>>
}

export type EventDeclarations = Readonly<Record<string, EventDeclaration>>

/** A value in the journal as stored. */
export type Stored =
  string | number | boolean | null | readonly string[] | { readonly text: string } | { readonly commitment: string }

/** A field before and after. */
export interface StoredChange {
  readonly from: Stored
  readonly to: Stored
}
