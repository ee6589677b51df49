import type { BrokerNews } from '../orders/broker-news.js';
import type { OutsideFill } from '../orders/outside-fill.js';
import type { EpochMs } from '../primitives/time.js';

/** Where is told what becomes of an account's orders, and what others deal on it. */
export interface NewsListeners {
  readonly onNews: (news: BrokerNews) => void;
  readonly onOutsideFill: (fill: OutsideFill) => void;
}

/** Where what happens on an account is told, and what happens to its line. */
export interface ExchangeListeners extends NewsListeners {
  readonly onLine: (line: 'up' | 'down', at: EpochMs) => void;
}

/** Hands on what happens to whoever listens at present. */
export class ListenerRelay implements ExchangeListeners {
  to: ExchangeListeners;
  readonly onNews = (news: BrokerNews): void => this.to.onNews(news);
  readonly onOutsideFill = (fill: OutsideFill): void => this.to.onOutsideFill(fill);
  readonly onLine = (line: 'up' | 'down', at: EpochMs): void => this.to.onLine(line, at);

  constructor(to: ExchangeListeners) {
    this.to = to;
  }
}
