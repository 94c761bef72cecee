import type { Command } from './command.ts'

const columns = (rows: readonly (readonly [string, string])[]): string[] => {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`)
}

/** All commands, one line each. */
export const overview = (commands: readonly Command[]): string =>
  [
    "Usage: samsyn <command> [options]: the operator's command for an installation of Samsyn.",
    '',
    ...columns([
      ...commands.map(({ name, about }) => [name, about] as const),
      ['help [command]', 'Shows this, or what a command takes.'],
    ]),
    '',
    'It works on the database that DATABASE_URL names (and DATABASE_APP_URL), or else the embedded one in DATA_DIR; ORIGIN_URL begins',
    'the links it prints. Exit codes: 0 done, 1 failed, 2 wrong usage.',
  ].join('\n')

/** What one command takes. */
export const usage = ({ name, about, more, options }: Command): string => {
  const all = Object.entries(options).map(([option, { value, about: what, required }]) => ({
    said: value === undefined ? `--${option}` : `--${option} ${value}`,
    what,
    required: required ?? false,
  }))
  const needed = all.filter(({ required }) => required).map(({ said }) => said)
  const optional = needed.length < all.length ? ['[options]'] : []
  return [
    ['Usage: samsyn', name, ...needed, ...optional].join(' '),
    '',
    about,
    ...(more ? [more] : []),
    ...(all.length > 0 ? ['', ...columns(all.map(({ said, what }) => [said, what] as const))] : []),
  ].join('\n')
}
