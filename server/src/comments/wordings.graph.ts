import { readable, reads } from '../access/reads.ts'
import { builder } from '../graph/builder.ts'
import { toGlobalId } from '../graph/globalId.ts'
import { compareWords } from '../graph/words.ts'
import { PieceRef } from '../graph/words.graph.ts'
import { type EntryWithTexts, presentChanges } from '../journal/present.ts'

// What a comment has said before is told by the journal: its entries hold every wording, to those who could read the comment.

const wordsOf = (entry: EntryWithTexts): { from: string; to: string } => {
  const change = presentChanges(entry).find(({ field }) => field === 'text')
  return { from: change?.from?.[0] ?? '', to: change?.to?.[0] ?? '' }
}

const WordingRef = builder.prismaObject('JournalEntry', {
  variant: 'Wording',
  description: 'What a comment said from some time on.',
  select: { id: true, readers: true },
  authScopes: (entry, { viewer }) => reads(viewer, entry),
  fields: (t) => ({
    entryId: t.id({
      description: 'Global id of the entry in the journal by which it came to say so.',
      resolve: ({ id }) => toGlobalId('Entry', id),
    }),
    version: t.exposeInt('subjectVersion', { description: 'The version of the comment that said so first.' }),
    at: t.expose('at', { type: 'DateTime', description: 'From when it said so.' }),
    text: t.string({
      description: 'All of it as it was then, in Markdown.',
      select: { kind: true, changes: true, commitments: true },
      resolve: (entry) => wordsOf(entry).to,
    }),
    compared: t.field({
      type: [PieceRef],
      description: 'Against the wording before it, word by word; of the first wording all is ADDED.',
      select: { kind: true, changes: true, commitments: true },
      resolve: (entry) => {
        const { from, to } = wordsOf(entry)
        return compareWords(from, to)
      },
    }),
  }),
})

builder.prismaObjectField('Comment', 'wordings', (t) =>
  t.prismaConnection({
    type: WordingRef,
    cursor: 'id',
    // Each is compared with the one before it: a page of them is a moment's work.
    maxSize: 20,
    defaultSize: 20,
    description:
      'All that the comment has said, latest first, as far as the journal has not been archived; at most 20 a page. None once it is withdrawn: then the words are gone.',
    resolve: (query, comment, _args, { viewer, transaction }) =>
      transaction.journalEntry.findMany({
        ...query,
        where: {
          AND: [{ subjectId: comment.id, commitments: { some: { value: { not: null } } } }, readable(viewer)],
        },
        orderBy: [{ at: 'desc' }, { id: 'desc' }],
      }),
  }),
)
