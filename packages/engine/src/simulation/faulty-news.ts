import type { BrokerNews } from '../orders/broker-news.js';
import type { OutsideFill } from '../orders/outside-fill.js';
import type { ClientOrderId } from '../primitives/ids.js';
import { type EpochMs, MINUTE_MS, SECOND_MS } from '../primitives/time.js';
import type { Agenda } from './agenda.js';
import type { NewsListeners } from './exchange-listeners.js';
import type { LineFaults } from './line-faults.js';

/** News that overtakes other news is at most this much quicker. */
const REORDERED_WITHIN_MS = 400;
const REPEATED_WITHIN_MS = SECOND_MS;
/** After a request that was taken and not answered, for at least and at most how long nothing is heard of its order. */
const LOST_FOR_MS = { min: 2 * SECOND_MS, max: 20 * SECOND_MS };
/** A cancellation that news of a fill waits for may never come. */
const FILL_HELD_FOR_MS = MINUTE_MS;

type News<Kind extends BrokerNews['kind']> = Extract<BrokerNews, { kind: Kind }>;

/** What {@link FaultyNews} is made of. */
export interface FaultyNewsParts {
  readonly faults: LineFaults;
  readonly agenda: Agenda;
  /** Where news goes that gets through. */
  readonly listeners: NewsListeners;
  readonly isDown: () => boolean;
  /** Whether an order may still be filled. */
  readonly isLive: (orderId: ClientOrderId) => boolean;
}

/** The way of news from the exchange to an account: some of it is lost, comes twice, comes late, or waits for the line. */
export class FaultyNews {
  readonly #parts: FaultyNewsParts;
  /** Waits for the line, in the order in which it came. */
  #held: ((at: EpochMs) => void)[] = [];
  /** Fills that come after the cancellation that follows them. */
  readonly #fills = new Map<ClientOrderId, News<'filled'>[]>();
  /** Until when nothing is heard of an order. */
  readonly #lostUntil = new Map<ClientOrderId, EpochMs>();

  constructor(parts: FaultyNewsParts) {
    this.#parts = parts;
  }

  news(news: BrokerNews): void {
    const { faults, isLive } = this.#parts;
    const { orderId, at } = news;
    if (at < (this.#lostUntil.get(orderId) ?? -Infinity) || faults.strikes('silence', orderId, at)) return;
    if (news.kind === 'filled' && isLive(orderId)) {
      if (faults.strikes('lateFillNews', orderId, at)) this.#holdFill(news);
      else this.#pass(news);
      return;
    }
    // Of an order that is filled no cancellation follows.
    if (news.kind === 'filled') this.#releaseFills(orderId, at);
    this.#pass(news);
    if (news.kind === 'cancelled' || news.kind === 'expired') {
      if (this.#fills.has(orderId)) this.#later(at, REORDERED_WITHIN_MS, (now) => this.#releaseFills(orderId, now));
    }
  }

  /** A settlement is in no book: it can come late or twice, but is not lost. */
  outsideFill(fill: OutsideFill): void {
    const { faults, listeners } = this.#parts;
    const isInBook = fill.brokerOrderId !== null;
    if (isInBook && faults.strikes('silence', null, fill.time)) return;
    const tell = (): void => listeners.onOutsideFill(fill);
    this.#deliver(tell, fill.time, isInBook);
    if (faults.strikes('duplicate', null, fill.time)) {
      this.#later(fill.time, REPEATED_WITHIN_MS, (now) => this.#deliver(tell, now, isInBook));
    }
  }

  /** Nothing is heard of an order for a while. */
  lose(orderId: ClientOrderId, at: EpochMs): void {
    const { min, max } = LOST_FOR_MS;
    this.#lostUntil.set(orderId, at + min + this.#parts.faults.random.below(max - min));
  }

  /** The line is up again: what has waited for it comes now. */
  lineUp(at: EpochMs): void {
    const held = this.#held;
    this.#held = [];
    for (const tell of held) tell(at);
  }

  newDay(at: EpochMs): void {
    for (const [orderId, until] of this.#lostUntil) if (until <= at) this.#lostUntil.delete(orderId);
  }

  #pass(news: BrokerNews): void {
    const { faults, listeners } = this.#parts;
    const { orderId, at } = news;
    const tellAt = (now: EpochMs): void => this.#deliver((then) => listeners.onNews(then === at ? news : { ...news, at: then }), now, true);
    if (faults.strikes('reorder', orderId, at)) this.#later(at, REORDERED_WITHIN_MS, tellAt);
    else tellAt(at);
    if (faults.strikes('duplicate', orderId, at)) this.#later(at, REPEATED_WITHIN_MS, tellAt);
  }

  /** News is told at once, unless the line is down: then it waits, or is lost if it may be. */
  #deliver(tell: (at: EpochMs) => void, at: EpochMs, mayBeLost: boolean): void {
    if (!this.#parts.isDown()) tell(at);
    else if (!mayBeLost || this.#parts.faults.random.below(2) === 0) this.#held.push(tell);
  }

  #holdFill(news: News<'filled'>): void {
    const { orderId, at } = news;
    const fills = this.#fills.get(orderId);
    if (fills === undefined) this.#fills.set(orderId, [news]);
    else fills.push(news);
    this.#parts.agenda.add(at + FILL_HELD_FOR_MS, (now) => this.#releaseFills(orderId, now));
  }

  #releaseFills(orderId: ClientOrderId, at: EpochMs): void {
    const fills = this.#fills.get(orderId);
    if (fills === undefined) return;
    this.#fills.delete(orderId);
    for (const fill of fills) this.#pass({ ...fill, at });
  }

  /** Something happens after a while, by chance. */
  #later(at: EpochMs, withinMs: number, act: (at: EpochMs) => void): void {
    this.#parts.agenda.add(at + 1 + this.#parts.faults.random.below(withinMs), act);
  }
}
