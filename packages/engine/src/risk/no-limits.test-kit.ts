import type { AccountLimits } from './account-limits.js';

/** An account without any limit. */
export const noLimits: AccountLimits = {
  maxOpenSets: null,
  onePosition: false,
  capitalPerTradePaise: null,
  firstEntryMarginShare: 1,
  maxMarginUse: 1,
  riskPerTrade: null,
  dailyLoss: null,
  weeklyLoss: null,
  maxDrawdown: null,
  profitTargets: { weekPaise: null, monthPaise: null, stop: false },
  ordersPerSecond: null,
  ordersPerMinute: null,
  ordersPerDay: null,
  maxOrderValuePaise: null,
  maxLeverage: null,
  products: null,
  instruments: null,
  orderKinds: null,
  rejectionsInARow: null,
  adaptive: null,
};
