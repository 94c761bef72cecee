/* One shape per seat, drawn on 24 units; where the letter stands and how tall it is. Told apart without colour. */
export const shapes = [
  { path: 'M12 1.5a10.5 10.5 0 1 1 0 21 10.5 10.5 0 0 1 0-21Z', baseline: 16.7, letter: 13.5 },
  { path: 'M12 1.2 21.8 6.6v10.8L12 22.8 2.2 17.4V6.6Z', baseline: 16.7, letter: 13.5 },
  { path: 'M2.5 2.5h19v19h-19Z', baseline: 16.8, letter: 14 },
  { path: 'M12 .8 23.2 12 12 23.2 .8 12Z', baseline: 16.2, letter: 12 },
  { path: 'M12 1.2 21.5 4.2v7.8c0 5.7-4.2 8.8-9.5 10.9C6.7 20.8 2.5 17.7 2.5 12V4.2Z', baseline: 16, letter: 13.5 },
  { path: 'M8.6 1.8h6.8v6.8h6.8v6.8h-6.8v6.8H8.6v-6.8H1.8V8.6h6.8Z', baseline: 16.2, letter: 12 },
  { path: 'M7.5 1.7h9l5.8 5.8v9l-5.8 5.8h-9L1.7 16.5v-9Z', baseline: 16.7, letter: 13.5 },
  { path: 'M12 1.5 22.8 9.7 18.7 22.2H5.3L1.2 9.7Z', baseline: 17.8, letter: 13 },
] as const
