import type { RunConfig, SlippageConfig } from '../config/run-config.js';
import type { ReportedRoundTrip } from './report.js';

/** What a report's numbers rest on, in words. */
export function assumptionsOf(config: RunConfig, roundTrips: readonly ReportedRoundTrip[]): readonly string[] {
  const { simulation, premiums, futures, chargesFrom } = config;
  const lines = [
    simulation.path === 'straight'
      ? 'Candles are replayed on a straight path: open, the nearer extreme, the other one, close.'
      : 'Candles are replayed pessimistically: the extreme that is worse for the set first, trailing stops follow at the end.',
    `Orders arrive ${simulation.latencyMs} ms after their decision; slippage: ${slippageInWords(simulation.slippage)}; limit orders fill at ${simulation.fill}.`,
  ];
  const modelled = roundTrips.filter(({ legs }) => legs.some(({ premium }) => premium === 'model')).length;
  if (modelled > 0) {
    const { volatility, rate } = premiums;
    const of = volatility.kind === 'fixed' ? `${percent(volatility.share)} volatility` : `the volatility of ${volatility.instrument}`;
    const future = futures === null ? '' : `; futures are spot plus ${percent(futures.rate)} a year`;
    lines.push(
      `${modelled} of ${roundTrips.length} round trips use modelled prices: Black–Scholes with ${of} and a rate of ${percent(rate)}${future}.`,
    );
  }
  if (chargesFrom !== null) lines.push(`On dates that the charge tables do not reach, the rates of ${chargesFrom} are used.`);
  return lines;
}

function slippageInWords(slippage: SlippageConfig): string {
  switch (slippage.kind) {
    case 'none':
      return 'none';
    case 'ticks':
      return `${slippage.ticks} tick${slippage.ticks === 1 ? '' : 's'}`;
    case 'spread':
      return `${percent(slippage.share)} of the spread`;
    case 'price':
      return `${percent(slippage.share)} of the price`;
  }
}

const percent = (share: number): string => `${Number((share * 100).toFixed(4))} %`;
