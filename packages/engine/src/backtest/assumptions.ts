import type { LatencyConfig, RunConfig, SimulationConfig, SlippageConfig } from '../config/run-config.js';
import { formatMinuteOfDay } from '../primitives/time.js';
import type { ReportedRoundTrip } from './report.js';

/** What a report's numbers rest on, in words. */
export function assumptionsOf(config: RunConfig, roundTrips: readonly ReportedRoundTrip[]): readonly string[] {
  const { simulation, premiums, futures, chargesFrom } = config;
  const lines = [
    simulation.path === 'straight'
      ? 'Candles are replayed on a straight path: open, the nearer extreme, the other one, close.'
      : 'Candles are replayed pessimistically: the extreme that is worse for the set first, trailing stops follow at the end.',
    // An account that trades at a broker meets the market there.
    ...(tradesOnPaper(config) ? simulationInWords(simulation) : []),
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

/** Whether an account meets the simulated exchange of the run itself. */
const tradesOnPaper = ({ mode, accounts }: RunConfig): boolean => mode !== 'live' || accounts.some(({ live }) => !live);

/** How orders meet the market, and what would have been refused. What is as usual is said in one line; what is not, in a line of its own. */
function simulationInWords({
  latency,
  slippage,
  fill,
  size,
  priceBand,
  margin,
  autoSquareOff,
  faults,
}: SimulationConfig): readonly string[] {
  const lines = [
    `Orders arrive ${latencyInWords(latency)} after their decision; slippage: ${slippageInWords(slippage)}; ${fillInWords(fill)}.`,
  ];
  if (size?.kind === 'units') lines.push(`At each point of the market ${size.units} units can be had.`);
  if (size?.kind === 'volume') {
    lines.push(
      `Orders get ${percent(size.share)} of the volume that is traded while they wait; everything, where no feed tells the volume.`,
    );
  }
  if (priceBand !== null) lines.push(`Prices of orders lie within ${percent(priceBand)} of the first price of the day.`);
  const squareOff =
    autoSquareOff === null
      ? 'does not close'
      : `closes at ${formatMinuteOfDay(autoSquareOff)}, or five minutes before the close if that is earlier,`;
  lines.push(
    `The broker ${squareOff} what is held intraday (MIS)${margin ? ', and refuses what the account has no margin for by an estimate' : ', and asks for no margin'}.`,
  );
  if (faults.length > 0) lines.push(`Things were made to go wrong: ${[...new Set(faults.map(({ kind }) => kind))].join(', ')}.`);
  return lines;
}

function latencyInWords(latency: LatencyConfig): string {
  switch (latency.kind) {
    case 'fixed':
      return `${latency.ms} ms`;
    case 'uniform':
      return `${latency.fromMs} to ${latency.toMs} ms`;
    case 'logNormal':
      return `${latency.medianMs} ms at the median and ${latency.p95Ms} ms at most in 95 % of cases`;
  }
}

function fillInWords(fill: SimulationConfig['fill']): string {
  switch (fill.kind) {
    case 'touch':
      return 'limit orders fill at touch';
    case 'through':
      return 'limit orders fill when the market trades through them';
    case 'queue':
      return `limit orders wait behind ${fill.ahead} units at their price, and where no feed tells the volume they fill only when the market trades through them`;
  }
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
