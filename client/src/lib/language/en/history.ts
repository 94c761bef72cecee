import type { Like } from '../like.ts'
import type { history as swedish } from '../sv/history.ts'

export const history: Like<typeof swedish> = {
  archived: (day) => `Earlier history, through ${day}, is archived.`,
}
