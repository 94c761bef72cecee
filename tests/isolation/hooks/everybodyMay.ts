import { rewrite } from './rewrite.ts'

// The server as it would be if its policies said yes to everything: only PostgreSQL's stand.

rewrite('access/may.ts', (source) =>
  source.replace('export const may =', 'export const may = (): void => undefined\nexport const mayNot ='),
)
rewrite('access/reads.ts', (source) =>
  source
    .replace('export const reads =', 'export const reads = (): boolean => true\nexport const readsNot =')
    .replace('export const readable =', 'export const readable = () => ({})\nexport const readableNot =')
    .replace('export const owns =', 'export const owns = (): boolean => true\nexport const ownsNot =')
    .replace('export const own =', 'export const own = () => ({})\nexport const ownNot ='),
)
