import { builder } from '../graph/builder.ts'
import { toGlobalId } from '../graph/globalId.ts'
import { PieceRef } from '../graph/words.graph.ts'
import type { ClauseComparison } from './compare.ts'
import type { PlacedClause } from './text.ts'

const At = builder.objectRef<PlacedClause>('ClauseAt').implement({
  description: 'A clause as one of the compared texts has it.',
  fields: (t) => ({
    number: t.exposeString('number', { description: 'As shown there, for example 2.1.' }),
    depth: t.exposeInt('depth', { description: 'How many clauses it stands under there: 0 at the top.' }),
    heading: t.exposeString('heading', { description: 'Its one line there.' }),
    text: t.exposeString('text', { description: 'Its Markdown there.' }),
  }),
})

const Kind = builder.enumType('ClauseComparisonKind', {
  description:
    'What happened to the words. SAME: nothing. CHANGED: heading or text differs. ADDED: only the later text has the clause. REMOVED: only the earlier one.',
  values: ['SAME', 'CHANGED', 'ADDED', 'REMOVED'] as const,
})

export const ComparisonRef = builder.objectRef<ClauseComparison>('ClauseComparison').implement({
  description: 'One clause in two texts, side by side.',
  fields: (t) => ({
    clauseId: t.id({
      description: 'Global id of the clause; of one that a proposal adds, the id that it will have.',
      resolve: ({ clause }) => toGlobalId('Clause', clause),
    }),
    change: t.field({ type: Kind, description: 'What happened to its words.', resolve: ({ change }) => change }),
    moved: t.exposeBoolean('moved', {
      description: 'Stands under another clause, or has passed others beside it: the fewest that explain the order.',
    }),
    before: t.field({
      type: At,
      nullable: true,
      description: 'In the earlier text; null when ADDED.',
      resolve: ({ before }) => before,
    }),
    after: t.field({
      type: At,
      nullable: true,
      description: 'In the later text; null when REMOVED.',
      resolve: ({ after }) => after,
    }),
    heading: t.field({ type: [PieceRef], description: 'The headings, word by word.', resolve: ({ heading }) => [...heading] }),
    text: t.field({ type: [PieceRef], description: 'The Markdown of both, word by word.', resolve: ({ text }) => [...text] }),
  }),
})
