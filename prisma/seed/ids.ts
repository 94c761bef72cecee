// Fixed ids of the pilot, valid as UUID v4 and recognisable at a glance: a prefix per kind, then a number that a person can count.

const PREFIX = {
  collaboration: '5a000000',
  organisation: '0a000000',
  party: 'ba000000',
  person: 'ea000000',
  member: 'da000000',
  mandate: 'aa000000',
  task: '7a000000',
  comment: 'ca000000',
  agreement: 'a9000000',
  clause: 'cc000000',
  version: 'fe000000',
  signature: '51000000',
  proposal: 'fa000000',
  answer: '5e000000',
}

/** Task 12 is 7a000000-0000-4000-8000-000000000012: the number is written in decimal digits. */
export const fixedId = (kind: keyof typeof PREFIX, number: number): string =>
  `${PREFIX[kind]}-0000-4000-8000-${String(number).padStart(12, '0')}`

export const taskId = (task: number): string => fixedId('task', task)

/** Comment 3 of task 12 is ca000000-0000-4000-8000-000000012003. */
export const commentId = (task: number, n: number): string => fixedId('comment', task * 1000 + n)
