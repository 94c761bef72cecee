import type { PageLoad } from './$types'

export const load: PageLoad = ({ url }) => ({ inline: url.searchParams.get('view') === 'inline' })
