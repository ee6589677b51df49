import type { Paise } from '../primitives/money.js';
import type { AccountLimits } from './account-limits.js';

const LAKH_PAISE = 1_00_000_00;
const CRORE_PAISE = 100 * LAKH_PAISE;

/**
 * Limits of an account that says nothing else: five sets, ₹20,000 an entry, a loss of 5 % of capital a day and of 15 % from the peak, five
 * rejected orders in a row.
 * Up to 10 orders a second in a segment a strategy needs no registration (NSE/INVG/67858 of 2025-05-05, in force for every broker since 2026-04-01);
 * 9 leaves one for an exit.
 */
export const defaultLimits: AccountLimits = {
  maxOpenSets: 5,
  onePosition: false,
  capitalPerTradePaise: 20_000_00,
  firstEntryMarginShare: 1,
  maxMarginUse: 1,
  riskPerTrade: null,
  dailyLoss: { kind: 'share', share: 0.05 },
  weeklyLoss: null,
  maxDrawdown: 0.15,
  profitTargets: { weekPaise: null, monthPaise: null, stop: false },
  ordersPerSecond: 9,
  ordersPerMinute: null,
  ordersPerDay: null,
  maxOrderValuePaise: null,
  maxLeverage: null,
  products: null,
  instruments: null,
  orderKinds: null,
  rejectionsInARow: 5,
  adaptive: null,
};

/** The kinds of account that users start from. */
export type AccountPresetName = 'option-buyer' | 'strangle' | 'futures';

/** A capital, which is that of an account that names the preset and says none of its own, and the limits that go with it. */
export interface AccountPreset {
  readonly capitalPaise: Paise;
  readonly limits: AccountLimits;
}

/** Capital and limits of each kind. What a position may lose is a limit on its risk: an entry that nothing bounds is refused there. */
export const accountPresets: Readonly<Record<AccountPresetName, AccountPreset>> = {
  'option-buyer': { capitalPaise: LAKH_PAISE, limits: defaultLimits },
  strangle: {
    capitalPaise: 6 * CRORE_PAISE,
    limits: {
      ...defaultLimits,
      onePosition: true,
      capitalPerTradePaise: null,
      firstEntryMarginShare: 0.5,
      maxMarginUse: 0.4,
      riskPerTrade: { kind: 'money', paise: LAKH_PAISE },
      dailyLoss: { kind: 'money', paise: 2 * LAKH_PAISE },
      profitTargets: { weekPaise: 1_75_000_00, monthPaise: 7 * LAKH_PAISE, stop: false },
    },
  },
  futures: {
    capitalPaise: 120 * LAKH_PAISE,
    limits: {
      ...defaultLimits,
      onePosition: true,
      capitalPerTradePaise: null,
      firstEntryMarginShare: 0.5,
      maxLeverage: 5,
      riskPerTrade: { kind: 'money', paise: 60_000_00 },
      dailyLoss: { kind: 'money', paise: 1_50_000_00 },
      profitTargets: { weekPaise: 1_50_000_00, monthPaise: 6 * LAKH_PAISE, stop: false },
    },
  },
};
