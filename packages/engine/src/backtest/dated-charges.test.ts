import { describe, expect, it } from 'vitest';

import { arrayFeed } from '../feeds/array-feed.js';
import { time as at } from '../primitives/mondays.test-kit.js';
import { atTheMoney } from '../sets/at-the-money.test-kit.js';
import type { LegConfig } from '../sets/set-config.js';
import { dayOf, flat } from './market-day.test-kit.js';
import { configOf, run, setOf } from './run.test-kit.js';
import { signalsAt } from './scripted.test-kit.js';

const INDEX = 'NSE_INDEX:NIFTY';

/** Bought a minute after the open and sold two minutes later, at the same price: what is left is what it cost. */
const MINUTES = ['09:15', '09:16', '09:17', '09:18', '09:19'];
const still = (price: number) => Object.fromEntries(MINUTES.map((minute) => [minute, flat(price)]));

interface Kind {
  readonly leg: LegConfig;
  readonly lotSize: number;
  /** The contract's price where the market brings one of its own. */
  readonly price: number | null;
}

const FUTURE: Kind = {
  leg: { kind: 'future', side: 'signal', expiry: { cycle: 'monthly', minDays: 0 }, size: [{ kind: 'lots', lots: 1 }] },
  lotSize: 50,
  price: null,
};

const OPTION: Kind = {
  leg: { ...atTheMoney, optionType: 'CE', strike: { kind: 'fixed', strike: 20_000 } },
  lotSize: 1000,
  price: 100,
};

async function chargesOn(date: string, { leg, lotSize, price }: Kind, contract: string) {
  const index = arrayFeed(dayOf(still(20_000), { date, instrument: INDEX }));
  const feeds = price === null ? [index] : [index, arrayFeed(dayOf(still(price), { date, instrument: contract }))];
  const set = setOf({
    underlyings: [INDEX],
    strategy: signalsAt([at('09:16', date), 'bullish'], [at('09:18', date), 'neutral', 'exit']),
    product: 'NRML',
    legs: [leg],
  });
  const terms = { lotSize, strikeStep: 50, tickSize: 0.05, freezeQuantity: 10_000 };
  const { report } = await run(configOf([set], { instruments: { [INDEX]: terms }, chargesFrom: null }), feeds);
  const { adjustmentsPaise: _none, ...charges } = report.figures.charges;
  const dealt = report.roundTrips.map(({ legs }) =>
    legs.map(({ instrument, quantity, entryPrice, exitPrice }) => [instrument, quantity, entryPrice, exitPrice]),
  );
  expect(dealt).toEqual([[[contract, lotSize, price ?? 20_000, price ?? 20_000]]]);
  expect(report.figures.netPaise).toBe(-report.figures.chargesPaise);
  return { ...charges, totalPaise: report.figures.chargesPaise };
}

describe('a round trip at the same price and quantity, run on three dates', () => {
  // Worked by hand from the percentages of the circulars, fill by fill; brokerage ₹20 an order. SEBI's fee is 0.0001 % both ways, GST 18 % of
  // brokerage and both fees. Of ₹10,00,000 of a future each way: stamp duty 0.002 %, tax on the sale 0.01 %, 0.0125 % and 0.05 %,
  // exchange fee 0.002 %, 0.002 % and 0.00183 %. Of ₹1,00,000 of premium each way: stamp duty 0.003 %, tax 0.05 %, 0.0625 % and 0.15 %,
  // exchange fee 0.053 %, 0.0505 % and 0.03553 %.
  it.each([
    ['a future', '2021-06-02', FUTURE, 'NFO:NIFTY24JUN21FUT', 100_00, 40_00, 2_00, 20_00, 14_76, 216_76],
    ['a future', '2024-01-03', FUTURE, 'NFO:NIFTY25JAN24FUT', 125_00, 40_00, 2_00, 20_00, 14_76, 241_76],
    ['a future', '2026-11-16', FUTURE, 'NFO:NIFTY23NOV26FUT', 500_00, 36_60, 2_00, 20_00, 14_14, 612_74],
    ['an option', '2021-06-02', OPTION, 'NFO:NIFTY03JUN2120000CE', 50_00, 106_00, 20, 3_00, 26_32, 225_52],
    ['an option', '2024-01-03', OPTION, 'NFO:NIFTY04JAN2420000CE', 62_50, 101_00, 20, 3_00, 25_42, 232_12],
    ['an option', '2026-11-16', OPTION, 'NFO:NIFTY17NOV2620000CE', 150_00, 71_06, 20, 3_00, 20_02, 284_28],
  ] as const)('costs what the rates of its date say: %s on %s', async (_, date, kind, contract, stt, exchange, sebi, stamp, gst, total) => {
    expect(await chargesOn(date, kind, contract)).toEqual({
      brokeragePaise: 40_00,
      sttPaise: stt,
      exchangePaise: exchange,
      sebiPaise: sebi,
      stampPaise: stamp,
      gstPaise: gst,
      totalPaise: total,
    });
  });
});
