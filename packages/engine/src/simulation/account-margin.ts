import type { InstrumentKey } from '../market/instrument.js';
import type { Side } from '../orders/order-request.js';
import { type Paise, roundHalfEven } from '../primitives/money.js';
import type { Price } from '../primitives/price.js';
import type { TradingDate } from '../primitives/time.js';
import { estimateMargin, type MarginLeg } from '../risk/margin.js';
import type { Holding } from './holding.js';

/** What is held on one underlying and margined together; a share is its own underlying. */
interface MarginGroup {
  readonly underlying: InstrumentKey;
  readonly holdings: Holding[];
  blockedPaise: Paise;
  stale: boolean;
}

/** An account's money, as far as margin is concerned. */
export interface MarginedAccount {
  readonly margin: AccountMargin;
  /** Capital and results so far. */
  readonly equityPaise: Paise;
  /** Set aside for orders. */
  readonly ordersPaise: Paise;
}

/** What margin depends on beside what is held. */
export interface MarginView {
  /** The present price of an instrument; `NaN` where it has none. */
  readonly price: (instrument: InstrumentKey) => Price;
  readonly date: TradingDate;
}

/** The part of an order that opens something. */
export interface OpeningLeg {
  readonly holding: Holding;
  readonly side: Side;
  /** Units, above 0. */
  readonly quantity: number;
  readonly price: Price;
}

/**
 * What an account's positions block of its money: bought options and shares at cost, and for what is sold and for futures the estimate of
 * `estimateMargin` at present prices. Worked out anew only where something has changed, and only when an order opens something.
 */
export class AccountMargin {
  readonly #groups = new Map<InstrumentKey, MarginGroup>();
  readonly #stale: MarginGroup[] = [];
  #blockedPaise: Paise = 0;

  /** A deal has changed a holding. */
  changed(holding: Holding): void {
    const underlying = underlyingOf(holding);
    let group = this.#groups.get(underlying);
    if (group === undefined) {
      group = { underlying, holdings: [], blockedPaise: 0, stale: false };
      this.#groups.set(underlying, group);
    }
    const place = group.holdings.indexOf(holding);
    if (holding.quantity !== 0 && place < 0) group.holdings.push(holding);
    else if (holding.quantity === 0 && place >= 0) group.holdings.splice(place, 1);
    this.#spoil(group);
  }

  /** Another day, other margins. */
  newDay(): void {
    for (const group of this.#groups.values()) {
      if (group.holdings.length === 0 && !group.stale) this.#groups.delete(group.underlying);
      else this.#spoil(group);
    }
  }

  blockedPaise(view: MarginView): Paise {
    for (const group of this.#stale) {
      const blocked = requiredPaise(group, null, view);
      this.#blockedPaise += blocked - group.blockedPaise;
      group.blockedPaise = blocked;
      group.stale = false;
    }
    this.#stale.length = 0;
    return this.#blockedPaise;
  }

  /** How much more would be blocked with an order filled. */
  neededPaise(leg: OpeningLeg, view: MarginView): Paise {
    const underlying = underlyingOf(leg.holding);
    const group = this.#groups.get(underlying) ?? { underlying, holdings: NOTHING_HELD };
    return Math.max(0, requiredPaise(group, leg, view) - requiredPaise(group, null, view));
  }

  #spoil(group: MarginGroup): void {
    if (group.stale) return;
    group.stale = true;
    this.#stale.push(group);
  }
}

const NOTHING_HELD: readonly Holding[] = [];

const underlyingOf = ({ instrument }: Holding): InstrumentKey =>
  instrument.kind === 'option' || instrument.kind === 'future' ? instrument.underlying : instrument.key;

/** What a group blocks, with one more leg if there is one. What was bought is counted at what it cost: its rise is no loss of money to spend. */
function requiredPaise(
  { underlying, holdings }: Pick<MarginGroup, 'underlying'> & { readonly holdings: readonly Holding[] },
  leg: OpeningLeg | null,
  view: MarginView,
): Paise {
  let premium = 0;
  let shares = 0;
  let needsScan = false;
  const count = (kind: Holding['instrument']['kind'], sold: boolean, costPaise: Paise): void => {
    if (kind === 'equity') shares += Math.abs(costPaise);
    else if (kind === 'option') premium += costPaise;
    if (kind === 'future' || (kind === 'option' && sold)) needsScan = true;
  };
  for (const holding of holdings) {
    if (!isReplaced(holding, leg)) count(holding.instrument.kind, holding.quantity < 0, holding.costPaise);
  }
  if (leg !== null) count(leg.holding.instrument.kind, leg.side === 'sell', (leg.side === 'buy' ? 1 : -1) * costOf(leg));
  const cost = Math.max(0, premium) + shares;
  return needsScan ? cost + scannedPaise(underlying, legsOf(holdings, leg, view), view) : cost;
}

function scannedPaise(underlying: InstrumentKey, legs: readonly MarginLeg[], { price, date }: MarginView): Paise {
  const spot = price(underlying);
  const { scanPaise, exposurePaise } = estimateMargin(legs, { underlyingPrice: Number.isNaN(spot) ? null : spot, date });
  return scanPaise + exposurePaise;
}

function legsOf(holdings: readonly Holding[], leg: OpeningLeg | null, { price }: MarginView): readonly MarginLeg[] {
  const legs: MarginLeg[] = [];
  for (const holding of holdings) {
    if (isReplaced(holding, leg)) continue;
    const { instrument, quantity, costPaise } = holding;
    const now = price(instrument.key);
    legs.push({
      instrument,
      side: quantity > 0 ? 'buy' : 'sell',
      quantity: Math.abs(quantity),
      price: Number.isNaN(now) ? costPaise / quantity / 100 : now,
    });
  }
  if (leg !== null) legs.push({ instrument: leg.holding.instrument, side: leg.side, quantity: leg.quantity, price: leg.price });
  return legs;
}

/** An order that goes beyond what is held closes that first. */
const isReplaced = (holding: Holding, leg: OpeningLeg | null): boolean =>
  leg !== null && leg.holding === holding && holding.quantity > 0 !== (leg.side === 'buy');

const costOf = ({ price, quantity }: OpeningLeg): Paise => roundHalfEven(price * quantity * 100);
