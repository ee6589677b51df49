import { formatRupees } from '../primitives/money.js';
import { accountPresets } from '../risk/presets.js';
import { errorAt, type Finding, warningAt } from './finding.js';
import { limitsSchema } from './limits-schema.js';
import { readOrNothing } from './mistake.js';
import { fieldOf, type PathStep } from './plain-value.js';
import { rupees } from './units.js';

/** What an account's limits come to beside its capital and its preset: what cannot be meant, and what is strange. */
export function checkLimits(account: unknown, path: readonly PathStep[]): readonly Finding[] {
  return [...checkCapital(account, path), ...checkLosses(account, path), ...checkTargets(account, path), ...checkKinds(account, path)];
}

/** A preset brings a capital; without one nobody's money is guessed. */
function checkCapital(account: unknown, path: readonly PathStep[]): readonly Finding[] {
  if (fieldOf(account, 'capital') !== undefined || fieldOf(fieldOf(account, 'limits'), 'preset') !== undefined) return [];
  const presets = Object.entries(accountPresets).map(([name, { capitalPaise }]) => `${name} ${capitalPaise / 100}`);
  const remedy = `Write the rupees that it trades with as a plain number, or limits: { preset: … } for the capital of a preset: ${presets.join(', ')}.`;
  return [errorAt([...path, 'capital'], 'It is missing.', remedy)];
}

function checkLosses(account: unknown, path: readonly PathStep[]): readonly Finding[] {
  const capitalPaise = readOrNothing(rupees, fieldOf(account, 'capital'));
  const limits = fieldOf(account, 'limits');
  if (capitalPaise === undefined) return [];
  return ['riskPerTrade', 'dailyLoss', 'weeklyLoss'].flatMap((key) => {
    const paise = readOrNothing(rupees, fieldOf(fieldOf(limits, key), 'money'));
    if (paise === undefined || paise <= capitalPaise) return [];
    const message = `${formatRupees(paise)} are more than the account has: everything is lost before the limit is reached.`;
    return [warningAt([...path, 'limits', key], message, `Write less than ${capitalPaise / 100}, or off.`)];
  });
}

function checkTargets(account: unknown, path: readonly PathStep[]): readonly Finding[] {
  const written = fieldOf(account, 'limits');
  const targets = readOrNothing(limitsSchema, written)?.profitTargets;
  if (fieldOf(fieldOf(written, 'profitTargets'), 'stop') !== true || targets === undefined) return [];
  if (targets.weekPaise !== null || targets.monthPaise !== null) return [];
  return [
    errorAt(
      [...path, 'limits', 'profitTargets', 'stop'],
      'It stops at a target, and there is none.',
      'Write week or month beside it, in rupees, or remove stop.',
    ),
  ];
}

/** Sets enter at the market: what the exchange makes one send it as is another matter. */
function checkKinds(account: unknown, path: readonly PathStep[]): readonly Finding[] {
  const kinds = readOrNothing(limitsSchema, fieldOf(account, 'limits'))?.orderKinds;
  if (kinds == null || kinds.includes('market')) return [];
  return [
    warningAt(
      [...path, 'limits', 'orderKinds'],
      'Sets enter at the market, and that is not among them: every entry is refused.',
      'Add market, which is sent as a protected limit where exchanges take no other, or write off.',
    ),
  ];
}
