import { Graph } from './graph.ts'

/** The API stands on the page's own address, whatever that is. */
export const openGraph = (slug: string | null) => new Graph({ url: '/graphql', slug })
