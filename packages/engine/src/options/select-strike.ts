import type { OptionType } from '../market/instrument.js';
import type { Price } from '../primitives/price.js';

/** How a leg's strike is chosen. */
export type StrikeSelection =
  /** ATM is 0, OTM n is n, ITM n is −n, in listed strikes. */
  | { readonly kind: 'moneyness'; readonly stepsOutOfTheMoney: number }
  /** The delta nearest to this; signs do not matter. */
  | { readonly kind: 'delta'; readonly delta: number }
  | { readonly kind: 'premium'; readonly premium: Price }
  /** This share of the spot out of the money. */
  | { readonly kind: 'percent'; readonly share: number }
  | { readonly kind: 'fixed'; readonly strike: Price };

/** A listed strike of one expiry and option type; `null` where its delta or premium is not known. */
export interface StrikeQuote {
  readonly strike: Price;
  readonly delta: number | null;
  readonly premium: Price | null;
}

/** Where strikes are chosen from. */
export interface StrikeMarket {
  readonly optionType: OptionType;
  readonly spot: Price;
  /** The listed strikes of the day, in any order. */
  readonly quotes: readonly StrikeQuote[];
}

/**
 * The listed strike that a rule means; `undefined` where the list does not reach so far or nothing needed is known of any strike.
 *
 * Strikes come from the list of the day alone. One that is computed and not listed becomes the nearest listed one farther from the money.
 */
export function selectStrike(selection: StrikeSelection, { optionType, spot, quotes }: StrikeMarket): Price | undefined {
  const strikes = quotes.map(({ strike }) => strike);
  switch (selection.kind) {
    case 'moneyness':
      return strikeBySteps(strikes, { spot, optionType, steps: selection.stepsOutOfTheMoney });
    case 'percent':
      return strikeByPercent(strikes, { spot, optionType, share: selection.share });
    case 'fixed':
      return listedStrike(strikes, { spot, computed: selection.strike });
    case 'delta':
      return strikeByDelta(quotes, selection.delta);
    case 'premium':
      return strikeByPremium(quotes, selection.premium);
  }
}

/** The listed strike nearest to the spot; of two that are equally near the lower one. `undefined` where none is listed. */
export function atmStrike(strikes: readonly Price[], spot: Price): Price | undefined {
  let nearest: Price | undefined;
  let distance = Infinity;
  for (const strike of strikes) {
    const away = Math.abs(strike - spot);
    if (away > distance || (away === distance && nearest !== undefined && strike > nearest)) continue;
    nearest = strike;
    distance = away;
  }
  return nearest;
}

/** So many listed strikes out of the money from the one at the money; negative steps go into the money. */
export function strikeBySteps(
  strikes: readonly Price[],
  { spot, optionType, steps }: { readonly spot: Price; readonly optionType: OptionType; readonly steps: number },
): Price | undefined {
  const atm = atmStrike(strikes, spot);
  if (atm === undefined) return undefined;
  const ascending = [...new Set(strikes)].sort((one, other) => one - other);
  return ascending[ascending.indexOf(atm) + (optionType === 'CE' ? steps : -steps)];
}

/** The strike this share of the spot out of the money, or in the money where it is negative; 0 is at the money. */
export function strikeByPercent(
  strikes: readonly Price[],
  { spot, optionType, share }: { readonly spot: Price; readonly optionType: OptionType; readonly share: number },
): Price | undefined {
  if (share === 0) return atmStrike(strikes, spot);
  return listedStrike(strikes, { spot, computed: spot * (1 + (optionType === 'CE' ? share : -share)) });
}

/** The strike itself if it is listed, else the nearest listed one farther from the money; `undefined` beyond the last one. */
export function listedStrike(
  strikes: readonly Price[],
  { spot, computed }: { readonly spot: Price; readonly computed: Price },
): Price | undefined {
  const upwards = computed >= spot;
  let nearest: Price | undefined;
  for (const strike of strikes) {
    // What binary fractions add to a product does not make a listed strike an unlisted one.
    const reaches = upwards ? strike >= computed - DUST : strike <= computed + DUST;
    if (reaches && (nearest === undefined || (upwards ? strike < nearest : strike > nearest))) nearest = strike;
  }
  return nearest;
}

/** A hundred-thousandth of a rupee: strikes are whole paise. */
const DUST = 1e-5;

/** The strike whose delta is nearest; of two equally near the one farther from the money. Signs do not matter: 0.3 finds a put of −0.3. */
export const strikeByDelta = (quotes: readonly Pick<StrikeQuote, 'strike' | 'delta'>[], delta: number): Price | undefined =>
  nearestBy(quotes, ({ delta: found }) => (found === null ? null : Math.abs(found)), Math.abs(delta));

/** The strike whose premium is nearest; of two equally near the one farther from the money, which is the cheaper. */
export const strikeByPremium = (quotes: readonly Pick<StrikeQuote, 'strike' | 'premium'>[], premium: Price): Price | undefined =>
  nearestBy(quotes, ({ premium: found }) => found, premium);

/** Both deltas and premiums fall on the way out of the money, so of two equally near the smaller value is taken. */
function nearestBy<Quote extends { readonly strike: Price }>(
  quotes: readonly Quote[],
  measure: (quote: Quote) => number | null,
  wanted: number,
): Price | undefined {
  let nearest: Price | undefined;
  let distance = Infinity;
  let nearestValue = Infinity;
  for (const quote of quotes) {
    const value = measure(quote);
    if (value === null) continue;
    const away = Math.abs(value - wanted);
    if (away > distance || (away === distance && value >= nearestValue)) continue;
    nearest = quote.strike;
    nearestValue = value;
    distance = away;
  }
  return nearest;
}
