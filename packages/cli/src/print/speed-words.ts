/** How fast a market passes: `in real time`, `60 times as fast as real time`. */
export function speedWords(speed: number): string {
  if (speed === Number.POSITIVE_INFINITY) return 'as fast as it can';
  return speed === 1 ? 'in real time' : `${speed} times as fast as real time`;
}
