import { builder, MOST_PER_PAGE } from '../graph/builder.ts'
import { toGlobalId } from '../graph/globalId.ts'
import { badInput } from '../graph/scalars.ts'
import { type Found, search, type SearchHit } from './search.query.ts'
import { SEARCH_TYPES, type SearchType } from './searched.ts'
import type { Piece } from './words.ts'

const LONGEST = 200
const DEFAULT_PER_PAGE = 20

const Type = builder.enumType('SearchType', {
  description:
    'What can be searched. TASK: title and description. COMMENT: what was said, unless withdrawn. ' +
    'CLAUSE: heading and text as the latest version has them. PROPOSAL: title and reason, drafts for their own party.',
  values: SEARCH_TYPES,
})

const PieceRef = builder.objectRef<Piece>('SearchPiece').implement({
  extensions: { cost: 0 },
  description: 'A part of a text: put together in order, the pieces are the text. Plain text, never markup.',
  fields: (t) => ({
    text: t.exposeString('text', { description: 'The part as it stands, spaces included.' }),
    hit: t.exposeBoolean('hit', { description: 'Whether it is what was looked for.' }),
  }),
})

const HitRef = builder.objectRef<SearchHit>('SearchHit').implement({
  description: 'A thing that was found, and where the words stand in it.',
  fields: (t) => ({
    subject: t.node({
      description: 'What was found.',
      id: ({ subject }) => toGlobalId(subject.type, subject.id),
    }),
    title: t.field({
      type: [PieceRef],
      description: "The task's or proposal's title, the clause's heading; of a comment, the name of what it is about.",
      resolve: ({ title }) => [...title],
    }),
    excerpt: t.field({
      type: [PieceRef],
      description: 'Some two lines of the text around what was found, without the signs of Markdown.',
      resolve: (hit) => [...hit.excerpt],
    }),
  }),
})

const CountRef = builder.objectRef<Found['counts'][number]>('SearchCount').implement({
  description: 'How many things of one type hold the words.',
  fields: (t) => ({
    type: t.expose('type', { type: Type, description: 'What sort of thing is counted here.' }),
    count: t.exposeInt('count', {
      description: "All that the viewer's party can read, whatever types were asked for; of each type at most the first 10,000.",
    }),
  }),
})

const ConnectionRef = builder.objectRef<Found & { readonly offset: number }>('SearchConnection').implement({
  description: 'What was found, best first. The best 200 of each type can be paged through.',
  fields: (t) => ({
    nodes: t.field({ type: [HitRef], description: 'This page of hits.', resolve: ({ hits }) => [...hits] }),
    counts: t.field({ type: [CountRef], description: 'For every type, in a fixed order.', resolve: ({ counts }) => [...counts] }),
    pageInfo: t.field({
      type: builder.pageInfoRef(),
      description: 'Whether there is more, and where it begins.',
      resolve: ({ hits, hasMore, offset }) => ({
        hasNextPage: hasMore,
        hasPreviousPage: offset > 0,
        startCursor: hits.length > 0 ? cursorOf(offset + 1) : null,
        endCursor: hits.length > 0 ? cursorOf(offset + hits.length) : null,
      }),
    }),
  }),
})

/** A place among the hits, counted from one. */
const cursorOf = (place: number): string => btoa(`hit:${place}`)

const placeOf = (cursor: string): number => {
  const place = /^hit:(\d{1,4})$/.exec(Buffer.from(cursor, 'base64').toString('latin1'))?.[1]
  if (place === undefined) throw badInput('`after` is a cursor of this list')
  return Number(place)
}

const checked = (text: string): string => {
  if ([...text].length > LONGEST) throw badInput(`\`text\` is at most ${LONGEST} characters`)
  if (!text.isWellFormed() || text.includes('\u0000')) throw badInput('`text` holds what is no character')
  return text
}

builder.queryField('search', (t) =>
  t.field({
    type: ConnectionRef,
    extensions: { cost: 50 },
    description:
      "Searches all that the viewer's party can read: words in any form, beginnings and parts of words, compounds and their parts, with or without marks, and small slips. Title before text, open before what is put away or fell. When no thing holds all words, those that hold any of them.",
    authScopes: { seated: true },
    args: {
      text: t.arg.string({
        required: true,
        description: 'What one would type: at most 200 characters, of which twelve words count.',
      }),
      types: t.arg({ type: [Type], description: 'Only these types; without it all.' }),
      first: t.arg.int({ defaultValue: DEFAULT_PER_PAGE, description: 'How many hits, at most 100.' }),
      after: t.arg.string({ description: 'The `endCursor` of the page before.' }),
    },
    resolve: async (_root, { text, types, first, after }, { viewer, transaction }) => {
      const offset = typeof after === 'string' ? placeOf(after) : 0
      const wanted = checked(text)
      const some = first ?? DEFAULT_PER_PAGE
      if (some < 0) throw badInput('`first` is not negative')
      if (!viewer) return { hits: [], hasMore: false, counts: [], offset }
      const asked = {
        text: wanted,
        types: types ? ([...new Set(types)] as SearchType[]) : SEARCH_TYPES,
        first: Math.min(some, MOST_PER_PAGE),
        offset,
      }
      return { ...(await search(transaction, viewer, asked)), offset }
    },
  }),
)
