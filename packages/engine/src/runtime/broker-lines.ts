import type { RunConfig } from '../config/run-config.js';
import type { InstrumentKey } from '../market/instrument.js';
import type { BrokerNews } from '../orders/broker-news.js';
import type { OutsideFill } from '../orders/outside-fill.js';
import type { PriceBand } from '../orders/protected-limit.js';
import type { BrokerContext, Venue } from '../plugins/broker.js';
import type { Registry } from '../plugins/registry.js';
import type { AccountId } from '../primitives/ids.js';
import type { Paise } from '../primitives/money.js';
import type { EpochMs } from '../primitives/time.js';
import { connectBroker, tradesWith } from './connect-broker.js';
import type { FloorAccount } from './floor-account.js';
import type { LineWatch } from './line-watch.js';

/** Where a broker tells what it has not been asked for. */
export type LineListeners = Pick<BrokerContext, 'onNews' | 'onOutsideFill' | 'onLine'>;

/** Where simulated accounts trade. */
export interface VenueSource {
  /** Opens an account's line. */
  connect(account: { readonly id: AccountId; readonly capitalPaise: Paise; readonly broker: string }, listeners: LineListeners): Venue;
  /** The prices between which orders are taken today; `null`: none are known. */
  bandOf(instrument: InstrumentKey): PriceBand | null;
}

/** What lines are opened with. */
export interface LineParts {
  readonly config: RunConfig;
  readonly venue: VenueSource;
  readonly placeOf: (account: AccountId) => FloorAccount;
}

/** The accounts' lines to their brokers, and who hears what comes in on them. */
export class BrokerLines {
  readonly #parts: LineParts;
  /** Lines that went down while nobody listened. */
  readonly #downBefore = new Set<LineWatch>();
  #isOpen = true;

  constructor(parts: LineParts) {
    this.#parts = parts;
  }

  /** Opens every account's line to its broker. */
  async connect(registry: Registry): Promise<void> {
    const { config: run, venue, placeOf } = this.#parts;
    for (const config of run.accounts) {
      const { id: account, capitalPaise, broker } = config;
      const place = placeOf(account);
      const listeners = this.listenersOf(place);
      const simulated = venue.connect({ id: account, capitalPaise, broker: broker.use }, listeners);
      const definition = tradesWith(config, run.mode, registry);
      const line = await connectBroker(config, definition, { account, capitalPaise, venue: simulated, ...listeners });
      place.broker.connect(line, definition.simulated);
    }
  }

  /** What a broker of an account tells without having been asked. While nobody listens it is dropped: everything is asked for afterwards. */
  listenersOf({ orders, line }: FloorAccount): LineListeners {
    return {
      onNews: (news: BrokerNews) => {
        if (this.#isOpen) orders.news(news);
      },
      onOutsideFill: (fill: OutsideFill) => {
        if (this.#isOpen) orders.outsideFill(fill);
      },
      onLine: (state: 'up' | 'down', at: EpochMs) => {
        if (this.#isOpen) line.changed(state, at);
        else if (state === 'down') this.#downBefore.add(line);
        else this.#downBefore.delete(line);
      },
    };
  }

  /** Nobody can deal with what brokers tell before everything is in its place. */
  hold(): void {
    this.#isOpen = false;
  }

  /** Brokers are heard from now on. */
  open(at: EpochMs): void {
    this.#isOpen = true;
    for (const line of this.#downBefore) line.changed('down', at);
    this.#downBefore.clear();
  }
}
