/** For how many days a key may hold. */
export const LIVES = [7, 30, 90, 180, 365]
/** For how many hours the key that is replaced may go on. */
export const OVERLAPS = [0, 1, 24, 72, 168]
