import type { MarketBlock, Tick } from '@sauda/engine';

import { MarketRecord } from './market-record.js';
import type { SandboxClient } from './sandbox-client.js';

/** Tells whoever watches what the market brings, and whoever comes later what it has brought. */
export class MarketTeller {
  readonly #clients: ReadonlySet<SandboxClient>;
  readonly #record = new MarketRecord();
  #isTelling = false;

  constructor(clients: ReadonlySet<SandboxClient>) {
    this.#clients = clients;
  }

  /** History, or what is known of a day. */
  addBlock(block: MarketBlock): void {
    this.#record.addBlock(block);
    this.#tellSoon();
  }

  addTick(tick: Tick): void {
    this.#record.addTick(tick);
    this.#tellSoon();
  }

  /** Tells somebody what there is so far, after a moment where one is named, and from then on what comes. */
  tellFrom(client: SandboxClient, after: number | null): void {
    // Those who watch already are told first: what is fresh belongs to everybody.
    this.tell();
    for (const block of this.#record.since(after)) client.send({ say: 'block', block });
    client.watches = true;
  }

  /** Tells what has come since. */
  tell(): void {
    for (const block of this.#record.takeFresh()) {
      for (const client of this.#clients) if (client.watches) client.send({ say: 'block', block });
    }
  }

  /** Points that come together go out together. */
  #tellSoon(): void {
    if (this.#isTelling) return;
    this.#isTelling = true;
    setImmediate(() => {
      this.#isTelling = false;
      this.tell();
    });
  }
}
