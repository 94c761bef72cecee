/** Both languages have one form for one and another for the rest. */
export const plural = (count: number, one: string, other: string) => (count === 1 ? one : other)
