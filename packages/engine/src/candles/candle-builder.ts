import type { Candle } from '../market/candle.js';
import type { Session } from '../market/session.js';
import { assert } from '../primitives/assert.js';
import { EngineError } from '../primitives/errors.js';
import type { Price } from '../primitives/price.js';
import { type EpochMs, formatIst } from '../primitives/time.js';
import { type Bucket, type BucketRules, bucketFinder } from './bucket.js';

/** No session: no time lies in it. */
const NOWHERE: Session = { date: '', open: Infinity, close: -Infinity };

/**
 * Builds the candles of one instrument and one timeframe, from prints (`add`), from smaller candles (`merge`), or from both in turn.
 *
 * Whoever moves the clock to `closeTime` or past it must `close` the candle first; a print that comes after that for its time is dropped
 * and counted in `late`. What lies outside of trading hours is dropped and counted in `outside`. Within a candle the order of arrival
 * matters only among prints of equal time: the oldest is its open and the youngest its close. The calendar is asked when a session
 * begins, not for every print.
 */
export class CandleBuilder {
  readonly #rules: BucketRules;
  readonly #bucketAt: (session: Session, time: EpochMs) => Bucket;
  // The stretch in which prints go to the candle being built without further questions: its time, cut to the session.
  #from = Infinity;
  #until = -Infinity;
  #openTime = 0;
  #closeTime = Infinity;
  #open = 0;
  #high = 0;
  #low = 0;
  #close = 0;
  #volume = 0;
  #firstTime = 0;
  #lastTime = 0;
  #session = NOWHERE;
  #closedUntil = -Infinity;
  /** What was traded on the day so far, as far as it is in candles; `NaN` while unknown. */
  #dayVolume = NaN;
  /** The day before's volume, while the feed still sends it; `NaN` otherwise. */
  #yesterdayVolume = NaN;
  #late = 0;
  #outside = 0;

  constructor(rules: BucketRules) {
    this.#rules = rules;
    this.#bucketAt = bucketFinder(rules);
  }

  /** When the candle being built ends; `Infinity` while there is none. */
  get closeTime(): EpochMs {
    return this.#closeTime;
  }

  /** How many prints and smaller candles came for a time whose candle was closed, or for a stretch that was merged already. */
  get late(): number {
    return this.#late;
  }

  /** How many came for a time outside of trading hours. */
  get outside(): number {
    return this.#outside;
  }

  /**
   * Takes in a print.
   *
   * Volume is the difference to the day's volume of the print before, so a print that is repeated adds nothing. What was traded before the
   * first print of a series is left out, unless that print lies in the day's first candle. A count that falls a little is a correction and
   * adds nothing until it is passed; one that falls by more than half has begun anew.
   *
   * @param time when it was dealt, see `printTime`.
   * @param volume units traded since the day began; `NaN` where the feed has none.
   * @param now the clock: a print does not begin a candle whose time is over.
   * @returns whether it was counted.
   */
  add(time: EpochMs, price: Price, volume: number, now: EpochMs = time): boolean {
    if (!(time >= this.#from && time < this.#until)) {
      const held = this.#closeTime;
      if (!this.#enter(time, now, volume)) return false;
      if (held === Infinity) this.#begin(time, price, price, price);
    }
    if (price > this.#high) this.#high = price;
    else if (price < this.#low) this.#low = price;
    if (time >= this.#lastTime) {
      this.#lastTime = time;
      this.#close = price;
      const traded = volume - this.#dayVolume;
      if (traded > 0) {
        this.#volume += traded;
        this.#dayVolume = volume;
      } else if (traded !== 0) this.#recount(volume);
    } else if (time < this.#firstTime) {
      this.#firstTime = time;
      this.#open = price;
    }
    return true;
  }

  /**
   * Takes in a finished smaller candle, or the part of one that is known.
   *
   * @param volume units traded in it.
   * @returns whether it was counted; a candle that reaches back into what was merged before is not.
   * @throws EngineError `candles/part-too-long` if it reaches past the end of the candle being built.
   */
  merge(openTime: EpochMs, closeTime: EpochMs, open: Price, high: Price, low: Price, close: Price, volume: number): boolean {
    if (!(openTime >= this.#from && closeTime <= this.#until)) {
      const held = this.#closeTime;
      if (!this.#enter(openTime, openTime, NaN)) return false;
      this.#checkFits(openTime, closeTime, held === Infinity);
      if (held === Infinity) this.#begin(openTime, open, high, low);
    }
    if (openTime < this.#lastTime) {
      this.#late += 1;
      return false;
    }
    if (high > this.#high) this.#high = high;
    if (low < this.#low) this.#low = low;
    this.#close = close;
    this.#lastTime = closeTime;
    this.#volume += volume;
    this.#dayVolume += volume;
    return true;
  }

  /** Ends the candle being built and gives it out. */
  close(): Candle {
    assert(this.#closeTime !== Infinity, 'There is no candle to close.');
    const candle = this.#candle(true);
    this.#forget();
    this.#closedUntil = candle.closeTime;
    return candle;
  }

  /** The candle being built as far as it is known, `complete: false`; `undefined` while there is none. */
  peek(): Candle | undefined {
    return this.#closeTime === Infinity ? undefined : this.#candle(false);
  }

  /** Finds the session of a time and the candle that it belongs to; counts what belongs to none. */
  #enter(time: EpochMs, now: EpochMs, volume: number): boolean {
    const building = this.#closeTime !== Infinity;
    if (time < this.#closedUntil || (building && time < this.#openTime)) {
      this.#late += 1;
      return false;
    }
    assert(!building || time < this.#closeTime, 'The candle being built must be closed before a print of a later one comes.');
    const { calendar, segment } = this.#rules;
    const before = this.#session;
    const within = time >= before.open && time < before.close;
    const session = within ? before : calendar.sessionAt(time, segment);
    if (session === undefined) {
      this.#outside += 1;
      return false;
    }
    if (!building && !this.#place(this.#bucketAt(session, time), now)) return false;
    this.#from = Math.max(this.#openTime, session.open);
    this.#until = Math.min(this.#closeTime, session.close);
    this.#session = session;
    if (session.date !== before.date) this.#beginDay(session, before === NOWHERE, volume);
    return true;
  }

  /** A candle does not begin before the one before it has ended, even where the calendar has learnt of more days since. */
  #place({ openTime, closeTime }: Bucket, now: EpochMs): boolean {
    if (closeTime <= now) {
      this.#late += 1;
      return false;
    }
    this.#openTime = Math.max(openTime, this.#closedUntil);
    this.#closeTime = closeTime;
    return true;
  }

  #begin(time: EpochMs, open: Price, high: Price, low: Price): void {
    this.#open = open;
    this.#high = high;
    this.#low = low;
    this.#firstTime = time;
    this.#lastTime = time;
    this.#volume = 0;
  }

  /**
   * On the first day of a series the count is known from the day's first candle on; on later days nothing was missed.
   *
   * Some feeds open a day with a repetition of the last quote of the day before.
   */
  #beginDay({ date, open }: Session, isFirst: boolean, volume: number): void {
    if (volume === this.#dayVolume) {
      this.#yesterdayVolume = volume;
      return;
    }
    const { calendar, segment } = this.#rules;
    const dayOpen = Math.min(open, ...calendar.sessionsOn(date, segment).map((session) => session.open));
    this.#yesterdayVolume = NaN;
    this.#dayVolume = isFirst && this.#openTime > dayOpen ? NaN : 0;
  }

  /** The count is missing, not known yet, or has fallen. */
  #recount(volume: number): void {
    if (Number.isNaN(volume) || volume === 0) return;
    const known = this.#dayVolume;
    if (Number.isNaN(known)) this.#dayVolume = volume;
    else if (volume < known / 2 || known === this.#yesterdayVolume) {
      this.#volume += volume;
      this.#dayVolume = volume;
    }
  }

  #checkFits(openTime: EpochMs, closeTime: EpochMs, isNew: boolean): void {
    const end = this.#closeTime;
    if (closeTime <= end) return;
    if (isNew) this.#forget();
    throw new EngineError('candles/part-too-long', {
      message: `The candle from "${formatIst(openTime)}" to "${formatIst(closeTime)}" does not fit into a ${this.#rules.timeframe} candle that ends at "${formatIst(end)}".`,
      remedy: 'Build longer candles only from a timeframe that divides them: 15m from 1m, 3m or 5m, 1M from 1d.',
      context: { timeframe: this.#rules.timeframe, openTime, closeTime },
    });
  }

  #forget(): void {
    this.#closeTime = Infinity;
    this.#from = Infinity;
    this.#until = -Infinity;
  }

  #candle(complete: boolean): Candle {
    return {
      openTime: this.#openTime,
      closeTime: this.#closeTime,
      open: this.#open,
      high: this.#high,
      low: this.#low,
      close: this.#close,
      volume: this.#volume,
      complete,
    };
  }
}
