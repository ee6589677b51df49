import { chargeSchedule, EngineError, type Instrument, type RuleBook, type RunConfig, type TradingDate } from '@sauda/engine';

import { type LocatedProblem, problemsOf } from './located-problem.js';

/** Feeds that bring the contracts of their underlying, with lots and expiries. */
const CHAIN_FEEDS = ['chain-csv', 'synthetic'];

/** What the dated tables must know of what the sets trade: asked on the first and the last date, before a run stops in the middle for it. */
export function checkRules(config: RunConfig, rules: RuleBook, dates: readonly TradingDate[]): readonly LocatedProblem[] {
  return config.sets.flatMap((set, index) => {
    const [leg] = set.legs;
    if (leg === undefined) return [];
    return set.underlyings.flatMap((underlying) =>
      dates.flatMap((on) =>
        asked(`sets[${index}].${set.underlyings.length > 1 ? 'universe' : 'underlying'}`, () => {
          const instrument = traded(leg.kind, underlying, on, rules, hasChain(config, underlying));
          if (instrument === null) return;
          for (const account of config.accounts.filter(({ id }) => set.accounts.includes(id))) {
            chargeSchedule(instrument, { on, product: set.product, broker: account.broker.use, fallbackFrom: config.chargesFrom });
          }
        }),
      ),
    );
  });
}

/** Something that is traded on the underlying on a date; `null` where the data says what there is. */
function traded(
  kind: 'option' | 'future' | 'equity',
  underlying: string,
  on: TradingDate,
  rules: RuleBook,
  chain: boolean,
): Instrument | null {
  if (kind === 'equity') return rules.instrument(underlying, on);
  if (chain) return null;
  const [expiry] = rules.expiries({ underlying, on, cycle: 'any', kind, count: 1 });
  if (expiry === undefined) return null;
  if (kind === 'future') return rules.future({ underlying, expiry }, on);
  const strike = rules.strikeStep(underlying, on) * 100;
  return rules.option({ underlying, expiry, strike, optionType: 'CE' }, on);
}

const hasChain = ({ feeds }: RunConfig, underlying: string): boolean =>
  feeds.some(
    ({ use, config }) =>
      CHAIN_FEEDS.includes(use) &&
      typeof config === 'object' &&
      config !== null &&
      'underlying' in config &&
      config.underlying === underlying,
  );

function asked(path: string, question: () => void): readonly LocatedProblem[] {
  try {
    question();
    return [];
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return problemsOf(error, path);
  }
}
