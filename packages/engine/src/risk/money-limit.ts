import { type Paise, roundHalfEven } from '../primitives/money.js';
import type { MoneyLimit } from './account-limits.js';

/** A limit as money, for an account's capital; `null` stays "no such limit". */
export const moneyLimitPaise = (limit: MoneyLimit | null, capitalPaise: Paise): Paise | null => {
  if (limit === null) return null;
  return limit.kind === 'money' ? limit.paise : roundHalfEven(limit.share * capitalPaise);
};
