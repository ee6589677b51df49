import type { OptionInstrument } from '../market/instrument.js';
import { blackScholesPrice } from '../options/black-scholes.js';
import { gridAbove, gridBelow, snapToTickGrid } from '../primitives/price.js';
import { seededRandom } from '../primitives/seeded-random.js';
import type { EpochMs } from '../primitives/time.js';
import type { TickRows } from './tick-rows.js';

/** What a chain is quoted from at a moment. */
export interface ChainMoment {
  readonly time: EpochMs;
  readonly spot: number;
  readonly volatility: number;
  /** Years to each expiry that is listed. */
  readonly years: (expiry: string) => number;
}

/** The options of a day, with open interest and volume that grow as they are quoted. */
export interface SyntheticChain {
  /** Quotes every contract within so many strikes of the money. */
  quote(moment: ChainMoment, ticks: TickRows): void;
  /** Open lots of each contract, to go on with on the next day. */
  readonly openLots: ReadonlyMap<string, number>;
}

/** Slope and curvature of the smile: five per cent below the money volatility is about a fifth higher. */
const SKEW = -2.5;
const CURVATURE = 30;

/** Lots open at the money when a contract is new. */
const LOTS_AT_MONEY = 40_000;

/**
 * Quotes of a day's options: Black–Scholes with a smile, on the tick grid, never below what exercising would bring, a spread that widens with the
 * premium, volume that only grows, open interest that grows where writers sell: calls as the price falls, puts as it rises.
 *
 * @param contracts the day's options, each at the place `firstPlace` and on of the ticks' instruments.
 * @param openLotsBefore what was open the evening before.
 */
export function syntheticChain(
  contracts: readonly OptionInstrument[],
  options: {
    readonly seed: number;
    readonly rate: number;
    readonly spot: number;
    readonly strikeStep: number;
    readonly strikes: number;
    readonly firstPlace: number;
    readonly openLotsBefore: ReadonlyMap<string, number>;
  },
): SyntheticChain {
  const { rate, strikeStep, strikes, firstPlace } = options;
  const random = seededRandom(options.seed);
  const lots = contracts.map(
    (contract) => options.openLotsBefore.get(contract.key) ?? newLots(contract, options.spot, strikeStep, random.next()),
  );
  const volumes = contracts.map(() => 0);
  let spotBefore = options.spot;

  return {
    get openLots() {
      return new Map(contracts.map(({ key }, place) => [key, lots[place] ?? 0]));
    },
    quote({ time, spot, volatility, years }, ticks) {
      const moved = (spot - spotBefore) / spot;
      spotBefore = spot;
      for (const [place, contract] of contracts.entries()) {
        const { strike, optionType, tickSize, lotSize, expiry } = contract;
        const steps = Math.abs(strike - spot) / strikeStep;
        if (steps > strikes + 1) continue;
        const activity = Math.exp(-steps / 4);
        const traded = Math.floor(random.next() * 600 * activity * activity + random.next() * 2);
        // Who writes a call bets against a rise: it is written as the price falls, and bought back as it rises; a put the other way round.
        const writers = (optionType === 'CE' ? -moved : moved) * 200_000 * activity;
        const change = Math.round(writers + random.normal() * traded * 0.1);
        volumes[place] = (volumes[place] ?? 0) + Math.max(traded, Math.abs(change)) * lotSize;
        lots[place] = Math.max((lots[place] ?? 0) + change, 0);

        const away = strike / spot - 1;
        const smile = Math.min(Math.max(1 + SKEW * away + CURVATURE * away * away, 0.6), 2);
        const model = blackScholesPrice(optionType, spot, strike, years(expiry), rate, volatility * smile);
        // The model's put can be worth less than exercising it now would bring; traders' quotes are not.
        const floor = Math.max(optionType === 'CE' ? spot - strike : strike - spot, 0);
        const value = Math.max(snapToTickGrid(model, contract), gridAbove(floor, tickSize), tickSize);
        const halfSpread = Math.max(tickSize, value * 0.001);
        const bid = gridBelow(value - halfSpread, tickSize);
        ticks.add(
          firstPlace + place,
          time,
          value,
          volumes[place] ?? 0,
          (lots[place] ?? 0) * lotSize,
          bid > 0 ? bid : Number.NaN,
          gridAbove(value + halfSpread, tickSize),
        );
      }
    },
  };
}

/** Open interest is highest a few strikes out of the money, and at round strikes. */
function newLots({ strike, optionType }: OptionInstrument, spot: number, strikeStep: number, chance: number): number {
  const steps = (strike - spot) / strikeStep;
  const fromPeak = Math.abs(steps - (optionType === 'CE' ? 3 : -3));
  const round = strike % (strikeStep * 10) === 0 ? 2 : strike % (strikeStep * 2) === 0 ? 1.3 : 1;
  return Math.round(LOTS_AT_MONEY * Math.exp(-fromPeak / 5) * round * (0.7 + 0.6 * chance));
}
