import { createRuleBook, type EpochMs, formatIst, syntheticFeed, type Tick, timeCandles } from '@sauda/engine';
import { Subject } from 'rxjs';

/** A month of five-minute candles of the built-in market as a CSV file's text: the same text on every machine. */
export async function madeUpCandles(): Promise<string> {
  const rules = createRuleBook({ calendar: 'rules' });
  const feed = syntheticFeed.open(
    syntheticFeed.config.parse({ seed: 1, start: '2026-02-02', days: 19, tickEvery: '5s', chain: false, vix: false }),
    {
      rules,
      baseDir: '.',
      calendar: 'rules',
    },
  );
  const ticks$ = new Subject<Tick>();
  const lines = ['time,open,high,low,close'];
  const clock$ = new Subject<EpochMs>();
  ticks$
    .pipe(timeCandles({ timeframe: '5m', calendar: rules.calendar, segment: 'index', clock$ }))
    .subscribe(({ openTime, open, high, low, close }) => {
      lines.push([formatIst(openTime).slice(0, 16), ...[open, high, low, close].map((price) => price.toFixed(2))].join(','));
    });
  for await (const block of feed.blocks({ from: null, to: null })) {
    if (block.kind !== 'ticks') continue;
    const { length, instruments, receivedTime, price } = block.columns;
    for (let row = 0; row < length; row += 1) {
      const time = receivedTime[row] ?? Number.NaN;
      ticks$.next({
        instrument: instruments[0] ?? '',
        exchangeTime: time,
        receivedTime: time,
        price: price[row] ?? Number.NaN,
        volume: null,
        openInterest: null,
        bid: null,
        ask: null,
      });
    }
  }
  // The last candle has no tick after it: its time is over when the clock says so.
  clock$.next(Number.POSITIVE_INFINITY);
  return `${lines.join('\n')}\n`;
}
