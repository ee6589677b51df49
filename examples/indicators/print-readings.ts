// Prints what the indicators say of a day, and where the averages cross: `npm run indicators --workspace examples`.
import { formatIst } from '@sauda/engine';

import { streamsOfADay } from './streams-of-a-day.js';

const { readings$, crossings$ } = streamsOfADay(1);
readings$.subscribe(({ candle, values: { fast, slow, rsi, bands } }) => {
  const row = [candle.close, fast, slow, rsi, bands.lower, bands.upper].map((value) => value.toFixed(2).padStart(9));
  process.stdout.write(`${formatIst(candle.closeTime)} ${row.join(' ')}\n`);
});
crossings$.subscribe(({ crossed }) => process.stdout.write(`${' '.repeat(20)}EMA 5 has crossed ${crossed} EMA 10\n`));
