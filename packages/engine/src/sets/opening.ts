import { signOf } from '../orders/order-request.js';
import { InvariantError } from '../primitives/assert.js';
import type { Paise } from '../primitives/money.js';
import { gridAbove, gridBelow, type Price } from '../primitives/price.js';
import type { EpochMs } from '../primitives/time.js';
import { countersAt } from './evolve-set.js';
import type { Holding } from './holding.js';
import type { ExitDistance, SetConfig } from './set-config.js';
import type { ChosenLeg, In, OpenPosition, SetCommon } from './set-state.js';

/** A filled entry as a position, with the prices and times at which it will be left. */
export function openPosition(config: SetConfig, state: In<'entering'>, at: EpochMs): OpenPosition {
  const { signal, holding } = state;
  const leg = legOf(state);
  const { exits } = config;
  const quantity = Math.abs(holding.quantity);
  const entryPrice = averageOf(holding);
  const entry: Entry = { sign: signOf(leg.side), entryPrice, quantity, tickSize: leg.tickSize };
  const { trailing, set } = exits;
  return {
    instrument: leg.instrument,
    side: leg.side,
    direction: signal.direction,
    quantity,
    entryQuantity: quantity,
    lotSize: leg.lotSize,
    tickSize: leg.tickSize,
    entryPrice,
    entryTime: at,
    premium: leg.premium,
    stop: signal.stop ?? lossLevel(exits.stopLoss, entry),
    trailing: false,
    target: signal.target ?? gainLevel(exits.target, entry),
    trailFrom: trailing === null ? null : gainLevel(trailing.start, entry),
    best: entryPrice,
    partials: exits.partial.length === 0 ? NO_PARTIALS : partialTargets(exits.partial, entry, leg.lotSize),
    ...setLevels(set, entry, { earnedPaise: 0, dayPaise: countersAt(state, at).netPaise }),
    underlyingBelow: exits.underlyingRange?.below ?? null,
    underlyingAbove: exits.underlyingRange?.above ?? null,
    leaveAt: exits.timeInTradeMs === null ? null : at + exits.timeInTradeMs,
    expiry: leg.expiry,
  };
}

const NO_PARTIALS: OpenPosition['partials'] = [];

/** Prices at which the whole set is left. */
export type SetLevels = Pick<OpenPosition, 'setStop' | 'setTarget' | 'dayLossStop'>;

/** Where the set is left as a whole when a part of what it held has left: what that has earned or lost counts where an exit is one of money. */
export function levelsOfRest({ exits: { set } }: SetConfig, state: In<'exiting'>, quantity: number, at: EpochMs): SetLevels {
  const { position, holding } = state;
  const { side, entryPrice, tickSize } = position;
  const earnedPaise = holding.realisedPaise;
  const entry: Entry = { sign: signOf(side), entryPrice, quantity, tickSize };
  const levels = setLevels(set, entry, { earnedPaise, dayPaise: countersAt(state, at).netPaise });
  // What was taken over to be left has none.
  return {
    setStop: position.setStop === null ? null : levels.setStop,
    setTarget: position.setTarget === null ? null : levels.setTarget,
    dayLossStop: position.dayLossStop === null ? null : levels.dayLossStop,
  };
}

/**
 * @param options.earnedPaise by parts of the position that have left.
 * @param options.dayPaise by round trips of the day before it.
 */
function setLevels(
  { stopLoss, target, dayLossPaise }: SetConfig['exits']['set'],
  entry: Entry,
  { earnedPaise, dayPaise }: { readonly earnedPaise: Paise; readonly dayPaise: Paise },
): SetLevels {
  const after = (distance: ExitDistance | null, paise: Paise): ExitDistance | null =>
    distance?.kind === 'money' ? { kind: 'money', paise: distance.paise + paise } : distance;
  const dayLoss: ExitDistance | null = dayLossPaise === null ? null : { kind: 'money', paise: dayLossPaise + dayPaise };
  return {
    setStop: lossLevel(after(stopLoss, earnedPaise), entry),
    setTarget: gainLevel(after(target, -earnedPaise), entry),
    dayLossStop: lossLevel(after(dayLoss, earnedPaise), entry),
  };
}

/** What is held although nobody wants it, as a position that is only to be left. */
export function unwantedPosition(state: SetCommon, at: EpochMs): OpenPosition {
  const leg = legOf(state);
  const { holding } = state;
  const quantity = Math.abs(holding.quantity);
  const bought = holding.quantity > 0;
  return {
    instrument: leg.instrument,
    side: bought ? 'buy' : 'sell',
    direction: (leg.optionType === 'PE') === bought ? 'bearish' : 'bullish',
    quantity,
    entryQuantity: quantity,
    lotSize: leg.lotSize,
    tickSize: leg.tickSize,
    entryPrice: averageOf(holding),
    entryTime: at,
    premium: leg.premium,
    stop: null,
    trailing: false,
    target: null,
    trailFrom: null,
    best: averageOf(holding),
    partials: NO_PARTIALS,
    setStop: null,
    setTarget: null,
    dayLossStop: null,
    underlyingBelow: null,
    underlyingAbove: null,
    leaveAt: null,
    expiry: leg.expiry,
  };
}

/** Average price of what is held, in rupees; it may lie between two ticks. */
const averageOf = ({ costPaise, quantity }: Holding): Price => costPaise / (quantity * 100);

function legOf({ leg }: SetCommon): ChosenLeg {
  if (leg === null) throw new InvariantError('Something is held of a leg that was never chosen.');
  return leg;
}

interface Entry {
  readonly sign: 1 | -1;
  readonly entryPrice: Price;
  readonly quantity: number;
  readonly tickSize: number;
}

/** The price of a loss, on the looser side of the grid: a stop is never hit earlier than it was asked for. */
function lossLevel(distance: ExitDistance | null, entry: Entry): Price | null {
  if (distance === null) return null;
  const { sign, tickSize } = entry;
  return (sign === 1 ? gridBelow : gridAbove)(levelAt(distance, entry, -1), tickSize);
}

/** The price of a gain, on the farther side of the grid: a target that is reached is reached in full. */
function gainLevel(distance: ExitDistance | null, entry: Entry): Price | null {
  if (distance === null) return null;
  const { sign, tickSize } = entry;
  return (sign === 1 ? gridAbove : gridBelow)(levelAt(distance, entry, 1), tickSize);
}

function levelAt(distance: ExitDistance, { sign, entryPrice, quantity }: Entry, towards: 1 | -1): Price {
  switch (distance.kind) {
    case 'price':
      return distance.price;
    case 'percent':
      return entryPrice * (1 + towards * sign * distance.share);
    case 'points':
      return entryPrice + towards * sign * distance.points;
    case 'money':
      return entryPrice + (towards * sign * distance.paise) / (quantity * 100);
  }
}

/** Whole lots for each nearer target; a share that comes to less than a lot waits for the next. */
function partialTargets(partial: SetConfig['exits']['partial'], entry: Entry, lotSize: number): OpenPosition['partials'] {
  const lots = entry.quantity / lotSize;
  const targets: { price: Price; quantity: number }[] = [];
  for (const { at, share } of partial) {
    const price = gainLevel(at, entry);
    const quantity = Math.floor(lots * share + 1e-9) * lotSize;
    if (price !== null && quantity > 0) targets.push({ price, quantity });
  }
  return targets.sort((a, b) => entry.sign * (a.price - b.price));
}
