import { GraphQLError, Kind } from 'graphql'
import { builder } from './builder.ts'

/** A value that is no value of its type: told as such, through either door. */
export const badInput = (message: string) => new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } })

const asText =
  (name: string, most: number) =>
  (value: unknown): string => {
    if (typeof value !== 'string' || value.length > most) throw badInput(`${name} is a text of at most ${most} characters`)
    return value
  }

builder.scalarType('Date', {
  description:
    "A calendar day, YYYY-MM-DD, in the collaboration's time zone. In an input, a day that does not exist is answered with INVALID_DATE beside its field.",
  serialize: (value) => value.toISOString().slice(0, 10),
  parseValue: asText('Date', 100),
})

builder.scalarType('DateTime', {
  description: 'An instant, ISO 8601 in UTC with milliseconds.',
  serialize: (value) => value.toISOString(),
  parseValue: (value) => {
    const instant = new Date(asText('DateTime', 40)(value))
    if (Number.isNaN(instant.getTime())) throw badInput('DateTime is an instant in ISO 8601')
    return instant
  },
  parseLiteral: (node) => {
    const instant = node.kind === Kind.STRING ? new Date(node.value) : new Date(Number.NaN)
    if (Number.isNaN(instant.getTime())) throw badInput('DateTime is an instant in ISO 8601')
    return instant
  },
})

builder.scalarType('Cursor', {
  description: 'A position in the journal as one party sees it. Opaque: keep it and hand it back.',
  serialize: (value) => value,
  parseValue: asText('Cursor', 200),
})
