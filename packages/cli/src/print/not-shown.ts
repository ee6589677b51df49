/** Says that the first ones of a list are left out, and how to see them: `The first 3 round trips are not shown: …`. */
export const notShown = (count: number, what: string, how: string): string =>
  `The first ${count === 1 ? `${what} is` : `${count} ${what}s are`} not shown: ${how}.`;

/** How to see all round trips. */
export const ALL_ROUND_TRIPS = '--all prints every one, --last n the last n';
