import { existsSync, readFileSync } from 'node:fs';

import type { OptionType } from '../market/instrument.js';
import { black76 } from './black-76.js';
import { blackScholes } from './black-scholes.js';
import type { OptionValuation } from './option-terms.js';

/** Terms of an option with its value and greeks, worked out at 50 digits. */
export interface OptionCase extends OptionValuation {
  readonly model: 'black-scholes' | 'black-76';
  readonly optionType: OptionType;
  readonly underlying: number;
  readonly strike: number;
  readonly years: number;
  readonly rate: number;
  readonly volatility: number;
  /** Whether enough time value is left in the price, as a double, to find the volatility again. */
  readonly volatilityRecoverable: boolean;
}

/** A price that no volatility explains. */
export type UnexplainedCase = Pick<OptionCase, 'model' | 'optionType' | 'underlying' | 'strike' | 'years' | 'rate' | 'price'> & {
  readonly why: string;
};

/** 120 of the cases, picked by lot, and all that have no volatility; kept here so that the tests stand alone. */
export const someCases: readonly OptionCase[] = rows<OptionCase>('option-prices.csv');
export const unexplainedCases: readonly UnexplainedCase[] = rows<UnexplainedCase>('without-volatility.csv');

/** All 800 cases where the file with them lies beside the repository; `undefined` where not. */
export function allCases(): readonly OptionCase[] | undefined {
  const file = new URL('../../../../../shared/oracles/options.json', import.meta.url);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).cases : undefined;
}

/** A case's value by our models. */
export const valued = ({
  model,
  underlying,
  ...terms
}: Omit<OptionCase, keyof OptionValuation | 'volatilityRecoverable'>): OptionValuation =>
  model === 'black-scholes' ? blackScholes({ ...terms, spot: underlying }) : black76({ ...terms, future: underlying });

function rows<Row>(name: string): readonly Row[] {
  const text = readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8');
  const [header = '', ...lines] = text.trim().split('\n');
  const names = header.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(names.map((name, i) => [name, parsed(cells[i] ?? '')])) as Row;
  });
}

function parsed(cell: string): string | number | boolean {
  if (cell === 'true' || cell === 'false') return cell === 'true';
  return Number.isNaN(Number(cell)) ? cell : Number(cell);
}
