// What many runs come to.

const at = (sorted: readonly number[], share: number): number => {
  const place = (sorted.length - 1) * share
  const [low, high] = [sorted[Math.floor(place)] ?? Number.NaN, sorted[Math.ceil(place)] ?? Number.NaN]
  return low + (high - low) * (place - Math.floor(place))
}

export const quantile = (values: readonly number[], share: number): number =>
  at(
    values.toSorted((a, b) => a - b),
    share,
  )
export const median = (values: readonly number[]): number => quantile(values, 0.5)

/** The middle half of the runs, as a share of their median. */
export const spread = (values: readonly number[]): string =>
  `±${(((quantile(values, 0.75) - quantile(values, 0.25)) / 2 / median(values)) * 100).toFixed(0)} %`

/** Columns under their headings: the first to the left, numbers to the right. */
export const table = (headings: readonly string[], rows: readonly (readonly string[])[]): string => {
  const lines = [headings, ...rows]
  const widths = headings.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  const write = (line: readonly string[]) =>
    line
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('   ')
      .trimEnd()
  return [write(headings), widths.map((width) => '─'.repeat(width)).join('───'), ...rows.map(write)].join('\n')
}
