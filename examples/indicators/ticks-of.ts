import type { Feed, InstrumentKey, Tick } from '@sauda/engine';
import { Observable } from 'rxjs';

/** The ticks of one instrument of a feed as a stream. Feeds bring columns, since most of what they bring nobody looks at one by one. */
export const ticksOf = (feed: Feed, instrument: InstrumentKey): Observable<Tick> =>
  new Observable((subscriber) => {
    const read = async (): Promise<void> => {
      for await (const block of feed.blocks({ from: null, to: null })) {
        if (subscriber.closed) return;
        if (block.kind !== 'ticks') continue;
        const { columns } = block;
        const wanted = columns.instruments.indexOf(instrument);
        for (let row = 0; row < columns.length; row += 1) {
          if (columns.instrument[row] !== wanted) continue;
          const value = (column: Float64Array): number => column[row] ?? Number.NaN;
          const known = (column: Float64Array): number | null => (Number.isNaN(value(column)) ? null : value(column));
          subscriber.next({
            instrument,
            exchangeTime: known(columns.exchangeTime),
            receivedTime: value(columns.receivedTime),
            price: value(columns.price),
            volume: known(columns.volume),
            openInterest: known(columns.openInterest),
            bid: known(columns.bid),
            ask: known(columns.ask),
          });
        }
      }
      subscriber.complete();
    };
    read().catch((error: unknown) => subscriber.error(error));
  });
