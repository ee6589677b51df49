import { didYouMean } from './did-you-mean.js';
import { exitsSchema, type WrittenExits } from './exits-schema.js';
import { errorAt, type Finding, warningAt } from './finding.js';
import { limitsSchema } from './limits-schema.js';
import { readOrNothing } from './mistake.js';
import { fieldOf, itemsOf, type PathStep } from './plain-value.js';

/** Checks that a set can go without by name. */
const WAIVABLE: readonly string[] = ['stop'];

/** What ends a set's losses: whether anything does, whether it can be reached, and whether it is there for the exchange to watch. */
export function checkStops(set: unknown, path: readonly PathStep[], accounts: readonly unknown[]): readonly Finding[] {
  const exits = readOrNothing(exitsSchema, fieldOf(set, 'exits') ?? {});
  const leg = itemsOf(fieldOf(set, 'legs'))[0];
  return [
    ...checkWaivers(set, path),
    ...(exits === undefined
      ? []
      : [...checkBound(set, leg, exits, path, accounts), ...checkReach(leg, exits, path), ...checkProtection(set, exits, path)]),
  ];
}

function checkWaivers(set: unknown, path: readonly PathStep[]): readonly Finding[] {
  return itemsOf(fieldOf(set, 'waive')).flatMap((name, index) => {
    if (typeof name !== 'string' || WAIVABLE.includes(name)) return [];
    const message = `"${name}" is no check of this version: nothing is waived by it.`;
    return [warningAt([...path, 'waive', index], message, didYouMean(name, WAIVABLE))];
  });
}

/**
 * An entry without a stop is a mistake where nothing else ends its loss. A limit of the account does, by closing all that the account holds: a
 * set that leaves it to that says so. What is lost with a bought option is bounded by its premium.
 */
function checkBound(
  set: unknown,
  leg: unknown,
  exits: WrittenExits,
  path: readonly PathStep[],
  accounts: readonly unknown[],
): readonly Finding[] {
  const what = whatCanLose(leg);
  if (what === null || isBounded(exits) || itemsOf(fieldOf(set, 'waive')).includes('stop')) return [];
  const place = [...path, 'exits', 'stopLoss'];
  const named = itemsOf(fieldOf(set, 'accounts'));
  const unbounded = accounts.find((account) => named.includes(fieldOf(account, 'id')) && !hasLossLimit(account));
  if (unbounded !== undefined) {
    return [
      errorAt(
        place,
        `Nothing bounds what ${what} can lose: the set has no stop, and account "${String(fieldOf(unbounded, 'id'))}" has no limit on its losses.`,
        'Write a stopLoss, for instance 10%; or dailyLoss at the account; or waive: [stop] if each signal brings a stop of its own.',
      ),
    ];
  }
  if (fieldOf(fieldOf(set, 'exits'), 'stopLoss') !== undefined) return [];
  return [
    warningAt(
      place,
      `${what.replace(/^./, (first) => first.toUpperCase())} has no stop: what ends its loss is a limit of the account, which closes all that it holds.`,
      'Write a stopLoss, for instance 10%, or stopLoss: off if the account is to end it.',
    ),
  ];
}

/** What of a leg can lose more than was paid for it at once, in words; `null` for a bought option. */
function whatCanLose(leg: unknown): string | null {
  switch (fieldOf(leg, 'kind')) {
    case 'option':
      return fieldOf(leg, 'side') === 'sell' ? 'a sold option' : null;
    case 'future':
      return 'a future';
    case 'equity':
      return 'shares';
    default:
      return null;
  }
}

/** A trailing stop is none of these: it begins with a profit. */
const isBounded = ({ stopLoss, underlyingRange, set }: WrittenExits): boolean =>
  stopLoss !== null || underlyingRange !== null || set.stopLoss !== null || set.dayLossPaise !== null;

/** An account whose limits are wrong has its own problem, and no other for that. */
function hasLossLimit(account: unknown): boolean {
  const limits = readOrNothing(limitsSchema, fieldOf(account, 'limits') ?? {});
  return limits === undefined || limits.dailyLoss !== null || limits.weeklyLoss !== null || limits.maxDrawdown !== null;
}

/** A price falls by no more than all of it. */
function checkReach(leg: unknown, { stopLoss, target }: WrittenExits, path: readonly PathStep[]): readonly Finding[] {
  const side = fieldOf(leg, 'side');
  const findings: Finding[] = [];
  if (stopLoss?.kind === 'percent' && stopLoss.share >= 1 && side !== 'sell') {
    const place = [...path, 'exits', 'stopLoss'];
    const message = `What is bought cannot lose ${inPercent(stopLoss.share)}: the stop is never reached.`;
    findings.push((side === 'buy' ? errorAt : warningAt)(place, message, 'Write less than 100%, or off.'));
  }
  if (target?.kind === 'percent' && target.share >= 1 && side === 'sell') {
    const message = `What is sold cannot gain ${inPercent(target.share)}: the target is never reached.`;
    findings.push(warningAt([...path, 'exits', 'target'], message, 'Write less than 100%, or off.'));
  }
  return findings;
}

const inPercent = (share: number): string => `${Number((share * 100).toPrecision(12))}%`;

function checkProtection(set: unknown, { stopLoss, trailing }: WrittenExits, path: readonly PathStep[]): readonly Finding[] {
  const protection = fieldOf(set, 'protection');
  if ((protection !== 'exchange' && protection !== 'both') || stopLoss !== null || trailing !== null) return [];
  return [
    warningAt(
      [...path, 'protection'],
      'The set has no stop, so nothing rests at the exchange unless a signal brings one.',
      'Write exits.stopLoss as well, or protection: engine.',
    ),
  ];
}
