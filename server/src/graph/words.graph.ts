import { builder } from './builder.ts'
import type { TextPiece } from './words.ts'

const PieceKind = builder.enumType('TextPieceKind', {
  description: 'KEPT: in both texts. ADDED: only in the later one. REMOVED: only in the earlier one.',
  values: ['KEPT', 'ADDED', 'REMOVED'] as const,
})
export const PieceRef = builder.objectRef<TextPiece>('TextPiece').implement({
  extensions: { cost: 0 },
  description: 'A stretch of words and white space. KEPT and REMOVED together are the text before, KEPT and ADDED the one after.',
  fields: (t) => ({
    kind: t.field({ type: PieceKind, description: 'Which of the two texts has it.', resolve: ({ kind }) => kind }),
    text: t.exposeString('text', { description: 'The words as they stand, nothing trimmed.' }),
  }),
})
