import { rewrite } from './rewrite.ts'

// A field as somebody in a hurry might add it: without a rule for who may see what it tells.

rewrite(
  'tasks/tasks.graph.ts',
  (source) => `${source}
builder.queryField('unguarded', (t) =>
  t.stringList({
    description: 'What all tasks are called.',
    resolve: async (_root, _args, { transaction }) => (await transaction.task.findMany()).map(({ title }) => title),
  }),
)`,
)
