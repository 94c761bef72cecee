/** The import rules of ARCHITECTURE.md. Slices are the folders of server/src that hold a *.service.ts or *.graph.ts of a noun. */
const slices = 'parties|members|tasks|comments|search|keys|calendar|exports|files'

export default {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    {
      name: 'client-meets-server-in-schema-only',
      comment: 'The client never imports the server, the database or its engine.',
      severity: 'error',
      from: { path: '^client/src' },
      to: { path: '^(server|prisma)/' },
    },
    {
      name: 'server-never-imports-client',
      severity: 'error',
      from: { path: '^(server|prisma)/' },
      to: { path: '^client/' },
    },
    {
      name: 'product-never-imports-tests',
      severity: 'error',
      from: { path: '^(server|client|prisma|schema)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^tests/' },
    },
    {
      name: 'another-slice-only-through-its-public-files',
      comment: 'Of another slice: its service, its policy, and the types it adds to the graph.',
      severity: 'error',
      from: { path: `^server/src/(${slices})/`, pathNot: '\\.test\\.ts$' },
      to: { path: `^server/src/(${slices})/`, pathNot: ['^server/src/$1/', '\\.(service|policy|graph|events)\\.ts$'] },
    },
    {
      name: 'only-the-journal-registry-lists-events',
      severity: 'error',
      from: { path: '^server/src/journal/', pathNot: 'registry\\.ts$' },
      to: { path: '\\.(service|events)\\.ts$', dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', 'generated', 'build', '\\.svelte-kit'] },
    exclude: { path: ['node_modules', 'generated', '/build/', '\\.svelte-kit'] },
    tsPreCompilationDeps: true,
    detectProcessBuiltinModuleCalls: false,
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.svelte', '.json'] },
  },
}
