import { type Observable, Subject, share } from 'rxjs';

import { CandleBuilder } from '../candles/candle-builder.js';
import { chart as chartOf } from '../candles/chart.js';
import { printTime } from '../candles/print-time.js';
import type { Candle, CandleColumns } from '../market/candle.js';
import type { InstrumentKey } from '../market/instrument.js';
import { segmentOf } from '../market/segment-of.js';
import type { SessionCalendar } from '../market/session.js';
import type { Tick, TickColumns } from '../market/tick.js';
import type { Timeframe } from '../market/timeframe.js';
import type { Market } from '../plugins/strategy.js';
import type { EpochMs } from '../primitives/time.js';
import type { ChartConfig } from '../sets/set-config.js';
import type { Slot } from './slot.js';

/** The time candles of one instrument and timeframe, while they are being built. */
interface Series {
  readonly builder: CandleBuilder;
  readonly candles$: Subject<Candle>;
}

/** All charts of a run. Streams are shared by instrument and chart; what nobody watches is not built. */
export class ChartBook implements Market {
  readonly #calendar: SessionCalendar;
  readonly #bySlot = new Map<InstrumentKey, Series[]>();
  readonly #series = new Map<string, Series>();
  readonly #charts = new Map<string, Observable<Candle>>();
  readonly #ticks = new Map<InstrumentKey, Subject<Tick>>();
  readonly #allSeries: Series[] = [];
  #nextClose: EpochMs = Infinity;

  constructor(calendar: SessionCalendar) {
    this.#calendar = calendar;
  }

  /** When the next candle ends; `Infinity` while none is being built. */
  get nextClose(): EpochMs {
    return this.#nextClose;
  }

  candles(instrument: InstrumentKey, config: ChartConfig): Observable<Candle> {
    const name = `${instrument} ${JSON.stringify(config)}`;
    let candles$ = this.#charts.get(name);
    if (candles$ === undefined) {
      const { candles$: plain$ } = this.#seriesOf(instrument, config.timeframe);
      // A subject is shared already.
      candles$ = config.type === 'candlestick' ? plain$ : plain$.pipe(chartOf(config), share());
      this.#charts.set(name, candles$);
    }
    return candles$;
  }

  ticks(instrument: InstrumentKey): Observable<Tick> {
    let ticks$ = this.#ticks.get(instrument);
    if (ticks$ === undefined) {
      ticks$ = new Subject();
      this.#ticks.set(instrument, ticks$);
    }
    return ticks$;
  }

  /** A finished candle of a feed goes into the longer candles of its instrument. */
  merge(slot: Slot, columns: CandleColumns, row: number): void {
    const series = this.#bySlot.get(slot.key);
    if (series === undefined) return;
    for (let i = 0; i < series.length; i += 1) {
      const { builder } = series[i] as Series;
      builder.merge(
        columns.openTime[row] as number,
        columns.closeTime[row] as number,
        columns.open[row] as number,
        columns.high[row] as number,
        columns.low[row] as number,
        columns.close[row] as number,
        columns.volume[row] as number,
      );
      if (builder.closeTime < this.#nextClose) this.#nextClose = builder.closeTime;
    }
  }

  /** A tick goes into the candles of its instrument, and to who watches its ticks. */
  add(slot: Slot, at: EpochMs, columns: TickColumns, row: number): void {
    const series = this.#bySlot.get(slot.key);
    const price = columns.price[row] as number;
    if (series !== undefined) {
      for (const { builder } of series) {
        builder.add(printTime(columns.exchangeTime[row] as number, at), price, columns.volume[row] as number, at);
        if (builder.closeTime < this.#nextClose) this.#nextClose = builder.closeTime;
      }
    }
    this.#ticks.get(slot.key)?.next(tickAt(slot.key, columns, row));
  }

  /** A point of a candle's path, to who watches the instrument's ticks. */
  pointed(slot: Slot, at: EpochMs): void {
    const ticks$ = this.#ticks.get(slot.key);
    if (ticks$ === undefined) return;
    ticks$.next({
      instrument: slot.key,
      exchangeTime: at,
      receivedTime: at,
      price: slot.price(at),
      volume: null,
      openInterest: null,
      bid: null,
      ask: null,
    });
  }

  /** Whether anybody watches each tick of an instrument. */
  showsTicks({ key }: Slot): boolean {
    return this.#ticks.size > 0 && this.#ticks.has(key);
  }

  /** Ends the candles that are due and gives them out, one instrument and timeframe after the other. */
  closeDue(now: EpochMs): void {
    let next = Infinity;
    let first: Series | null = null;
    let others: Series[] | null = null;
    for (const series of this.#allSeries) {
      const { closeTime } = series.builder;
      if (closeTime > now) {
        if (closeTime < next) next = closeTime;
      } else if (first === null) first = series;
      else if (others === null) others = [series];
      else others.push(series);
    }
    if (first === null) return;
    // All of them end before anybody is told of any.
    const candle = first.builder.close();
    const more = others?.map(({ builder }) => builder.close());
    this.#nextClose = next;
    first.candles$.next(candle);
    more?.forEach((one, index) => void others?.[index]?.candles$.next(one));
  }

  /** Nothing more will come. */
  complete(): void {
    for (const { candles$ } of this.#series.values()) candles$.complete();
    for (const ticks$ of this.#ticks.values()) ticks$.complete();
  }

  /** Late prints and prints outside of trading hours that were dropped. */
  dropped(): { readonly late: number; readonly outside: number } {
    let late = 0;
    let outside = 0;
    for (const { builder } of this.#series.values()) {
      late += builder.late;
      outside += builder.outside;
    }
    return { late, outside };
  }

  #seriesOf(instrument: InstrumentKey, timeframe: Timeframe): Series {
    const name = `${instrument} ${timeframe}`;
    const known = this.#series.get(name);
    if (known !== undefined) return known;
    const series: Series = {
      builder: new CandleBuilder({ timeframe, calendar: this.#calendar, segment: segmentOf(instrument) }),
      candles$: new Subject(),
    };
    this.#series.set(name, series);
    this.#allSeries.push(series);
    this.#bySlot.set(instrument, [...(this.#bySlot.get(instrument) ?? []), series]);
    return series;
  }
}

function tickAt(instrument: InstrumentKey, columns: TickColumns, row: number): Tick {
  const orNull = (column: Float64Array): number | null => {
    const value = column[row] as number;
    return Number.isNaN(value) ? null : value;
  };
  return {
    instrument,
    exchangeTime: orNull(columns.exchangeTime),
    receivedTime: columns.receivedTime[row] as number,
    price: columns.price[row] as number,
    volume: orNull(columns.volume),
    openInterest: orNull(columns.openInterest),
    bid: orNull(columns.bid),
    ask: orNull(columns.ask),
  };
}
