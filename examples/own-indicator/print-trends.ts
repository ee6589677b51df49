// The straightest hours of a random walk: `npm run own-indicator --workspace examples`.
import { type Candle, formatIst, indicate, randomWalkFeed } from '@sauda/engine';
import { filter, Subject } from 'rxjs';

import { efficiencyRatio } from './efficiency-ratio.js';

const candles$ = new Subject<Candle>();
candles$
  .pipe(
    indicate({ straight: efficiencyRatio({ period: 60 }) }),
    filter(({ values, nth }) => nth % 60 === 0 && values.straight > 0.2),
  )
  .subscribe(({ candle, values }) => process.stdout.write(`${formatIst(candle.closeTime)}  ${values.straight.toFixed(2)}\n`));

for await (const block of randomWalkFeed({ seed: 1, days: 5 }).blocks({ from: null, to: null })) {
  if (block.kind !== 'candles') continue;
  const { length, openTime, closeTime, open, high, low, close, volume } = block.columns;
  for (let row = 0; row < length; row += 1) {
    const at = (column: Float64Array): number => column[row] ?? Number.NaN;
    const prices = { open: at(open), high: at(high), low: at(low), close: at(close) };
    candles$.next({ openTime: at(openTime), closeTime: at(closeTime), ...prices, volume: at(volume), complete: true });
  }
}
