/** Which of the few doors an address leads to: as many as there are doors, whatever people ask for. */
export const doorOf = (url: string): string => {
  const [path = ''] = url.split('?', 1)
  const [, door = /^\/c\/[^/]+\/export\//.test(path) ? 'export' : 'page'] =
    /^\/(graphql|files|auth|calendar|healthz|readyz|_app)(?:\/|$)/.exec(path) ?? []
  return door
}
