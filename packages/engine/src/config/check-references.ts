import type { Registry } from '../plugins/registry.js';
import { formatMinuteOfDay } from '../primitives/time.js';
import { checkLimits } from './check-limits.js';
import { checkLive } from './check-live.js';
import { checkProduct } from './check-products.js';
import { checkStops } from './check-stops.js';
import { didYouMean } from './did-you-mean.js';
import { SQUARE_OFF_DEFAULT } from './exits-schema.js';
import { errorAt, type Finding, warningAt } from './finding.js';
import { AUTO_SQUARE_OFF_DEFAULT } from './market-schemas.js';
import { readOrNothing } from './mistake.js';
import { orOff } from './off.js';
import { fieldOf, itemsOf, type PathStep } from './plain-value.js';
import { date, timeOfDay, timeWindow } from './units.js';
import { checkAccountName } from './written-account.js';

/** What belongs together: ids, references, dates and times in order, prices for what is traded. Works on what is written, so that one mistake does not hide another. */
export function checkReferences(raw: unknown, registry: Registry): readonly Finding[] {
  const accounts = itemsOf(fieldOf(raw, 'accounts'));
  const sets = itemsOf(fieldOf(raw, 'sets'));
  return [
    ...checkDates(raw),
    ...checkLive(raw, accounts, registry),
    ...checkIds(accounts, 'accounts'),
    ...accounts.flatMap((account, index) => checkLimits(account, ['accounts', index])),
    ...checkIds(sets, 'sets'),
    ...sets.flatMap((set, index) => [
      ...checkAccounts(set, ['sets', index], accounts),
      ...checkUnderlying(set, ['sets', index], itemsOf(fieldOf(raw, 'feeds'))),
      ...checkTimes(set, ['sets', index], fieldOf(raw, 'simulation')),
      ...checkExits(fieldOf(set, 'exits'), ['sets', index, 'exits']),
      ...checkProduct(set, ['sets', index]),
      ...checkStops(set, ['sets', index], accounts),
    ]),
    ...checkVolatility(raw, sets),
    ...checkFaults(itemsOf(fieldOf(fieldOf(raw, 'simulation'), 'faults')), accounts),
  ];
}

function checkDates(raw: unknown): readonly Finding[] {
  const from = readOrNothing(date, fieldOf(raw, 'from'));
  const to = readOrNothing(date, fieldOf(raw, 'to'));
  if (from === undefined || to === undefined || from <= to) return [];
  return [errorAt(['to'], `The run ends on ${to}, before it begins on ${from}.`, `Write a date on or after ${from}, or an earlier from.`)];
}

function checkIds(items: readonly unknown[], list: string): readonly Finding[] {
  const ids = items.map((item) => fieldOf(item, 'id'));
  return ids.flatMap((id, index) =>
    typeof id === 'string' && ids.indexOf(id) < index
      ? [errorAt([list, index, 'id'], `"${id}" is already the id of ${list}[${ids.indexOf(id)}].`, 'Write an id that no other has.')]
      : [],
  );
}

const checkFaults = (faults: readonly unknown[], accounts: readonly unknown[]): readonly Finding[] =>
  faults.flatMap((fault, index) => checkAccountName(fieldOf(fault, 'account'), ['simulation', 'faults', index, 'account'], accounts));

function checkAccounts(set: unknown, path: readonly PathStep[], accounts: readonly unknown[]): readonly Finding[] {
  const named = itemsOf(fieldOf(set, 'accounts'));
  return named.flatMap((name, index) => {
    const place = [...path, 'accounts', index];
    if (typeof name !== 'string' || named.indexOf(name) === index) return checkAccountName(name, place, accounts);
    return [errorAt(place, `"${name}" is named twice.`, 'Remove one of the two.')];
  });
}

function checkUnderlying(set: unknown, path: readonly PathStep[], feeds: readonly unknown[]): readonly Finding[] {
  const underlying = fieldOf(set, 'underlying');
  const universe = fieldOf(set, 'universe');
  if (underlying === undefined && universe === undefined) {
    return [errorAt([...path, 'underlying'], 'It is missing.', 'Write an instrument, for instance NSE_INDEX:NIFTY, or a universe.')];
  }
  if (underlying !== undefined && universe !== undefined) {
    return [errorAt([...path, 'universe'], 'The set has an underlying and a universe.', 'Keep one of the two.')];
  }
  const brought = feeds.map(broughtBy);
  // A feed that does not say what it brings may bring everything.
  if (brought.length === 0 || brought.some((keys) => keys === null)) return [];
  const known = new Set(brought.flatMap((keys) => keys ?? []));
  const unknown = (keys: readonly unknown[]): readonly string[] =>
    keys.filter((key) => typeof key === 'string' && key.includes(':') && !known.has(key)) as string[];
  const remedy = (key: string): string => `Add a feed for ${key}. ${didYouMean(key, [...known])}`;
  if (underlying !== undefined)
    return unknown([underlying]).map((key) => errorAt([...path, 'underlying'], `No feed brings "${key}".`, remedy(key)));
  const missing = unknown(itemsOf(universe));
  if (missing.length === 0) return [];
  const named = `${missing.slice(0, 3).join(', ')}${missing.length > 3 ? ', …' : ''}`;
  const what = missing.length === 1 ? `"${named}"` : `${missing.length} of its instruments (${named})`;
  return [errorAt([...path, 'universe'], `No feed brings ${what}.`, 'Add feeds for them, or list only instruments that have one.')];
}

/** The instruments that a feed says it brings, or `null`. */
function broughtBy(feed: unknown): readonly string[] | null {
  const named = ['instrument', 'underlying', 'instruments'].flatMap((key) => {
    const value = fieldOf(feed, key);
    return Array.isArray(value) ? value : value === undefined ? [] : [value];
  });
  return named.length === 0 || fieldOf(feed, 'use') === 'broker' ? null : named.filter((key) => typeof key === 'string');
}

function checkTimes(set: unknown, path: readonly PathStep[], simulation: unknown): readonly Finding[] {
  const window = readOrNothing(timeWindow, fieldOf(set, 'window'));
  const product = fieldOf(set, 'product') ?? 'MIS';
  const squareOff = readOrNothing(
    orOff(timeOfDay),
    fieldOf(fieldOf(set, 'exits'), 'squareOff') ?? (product === 'MIS' ? SQUARE_OFF_DEFAULT : undefined),
  );
  const findings: Finding[] = [];
  if (window !== undefined && squareOff != null && window.to > squareOff) {
    const at = formatMinuteOfDay(squareOff);
    findings.push(
      errorAt(
        [...path, 'window'],
        `Entries are made until ${formatMinuteOfDay(window.to)}, but the set is closed at ${at}.`,
        `End the window at ${at} or earlier, or write a later exits.squareOff.`,
      ),
    );
  }
  const brokers = readOrNothing(timeOfDay, fieldOf(simulation, 'autoSquareOff') ?? AUTO_SQUARE_OFF_DEFAULT);
  if (product !== 'MIS' || squareOff === undefined || brokers === undefined || (squareOff !== null && squareOff < brokers)) return findings;
  const at = formatMinuteOfDay(brokers);
  const message =
    squareOff === null
      ? `The set does not leave by itself what is held for the day; the broker closes it at ${at}.`
      : `At ${formatMinuteOfDay(squareOff)} the broker has closed what is held for the day already: it does so at ${at}.`;
  const remedy = `Write an earlier time than ${at}, or a product that is held overnight.`;
  return [...findings, warningAt([...path, 'exits', 'squareOff'], message, remedy)];
}

function checkExits(exits: unknown, path: readonly PathStep[]): readonly Finding[] {
  const endOfDay = fieldOf(exits, 'endOfDay');
  const wantsTarget = endOfDay !== undefined && endOfDay !== false && endOfDay !== 'off' && endOfDay !== null;
  const hasTarget = fieldOf(exits, 'target') !== undefined || fieldOf(fieldOf(exits, 'set'), 'target') !== undefined;
  if (!wantsTarget || hasTarget) return [];
  return [
    errorAt(
      [...path, 'endOfDay'],
      'It compares the profit with a target, and there is none.',
      'Write exits.target as well, or remove endOfDay.',
    ),
  ];
}

/** Options over a feed that brings no option prices are priced by the model, and that needs a volatility. */
function checkVolatility(raw: unknown, sets: readonly unknown[]): readonly Finding[] {
  const hasOptions = sets.some((set) => itemsOf(fieldOf(set, 'legs')).some((leg) => fieldOf(leg, 'kind') === 'option'));
  const told = fieldOf(raw, 'premiums') !== undefined || fieldOf(raw, 'vix') !== undefined;
  const onlyCandles = itemsOf(fieldOf(raw, 'feeds')).every(
    (feed) => fieldOf(feed, 'use') === 'csv' && /^(NSE|BSE)(_INDEX)?:(?!INDIAVIX)/.test(String(fieldOf(feed, 'instrument'))),
  );
  if (!hasOptions || told || !onlyCandles || itemsOf(fieldOf(raw, 'feeds')).length === 0) return [];
  return [
    warningAt(
      ['premiums'],
      'Options are traded, but no feed brings their prices and no volatility is given to work them out.',
      'Write premiums: { volatility: 14% }, or add a feed with option prices.',
    ),
  ];
}
