import { groupBy } from '@sauda/engine';

import { amount, percent, ratio } from '../report/amounts.js';
import { capitalised } from '../report/deal-words.js';
import type { SavedReport } from '../report/saved-form.js';
import { tripsOf } from '../report/trips.js';
import { type Style, toneOf } from './style.js';
import { type Column, table } from './table.js';

const GROUPINGS = ['set', 'strategy', 'account', 'underlying'] as const;

/** The round trips by set, strategy, account and underlying, a table each; none where all are of one, or the document does not say. */
export function groupTables(report: SavedReport, style: Style): readonly string[] {
  const trips = tripsOf(report);
  return GROUPINGS.flatMap((grouping) => {
    const groups = groupBy(trips, grouping);
    if (groups.length < 2) return [];
    const rows = groups.map(
      ({ key, figures: { roundTrips, winRate, grossPaise, chargesPaise, netPaise, profitFactor, expectancyPaise } }) => [
        key === '' ? 'not named' : key,
        String(roundTrips),
        percent(winRate),
        amount(grossPaise),
        amount(chargesPaise),
        { text: amount(netPaise), paint: toneOf(netPaise, style) },
        ratio(profitFactor),
        amount(expectancyPaise),
      ],
    );
    return [table([{ title: capitalised(grouping), align: 'left' }, ...FIGURES], rows)];
  });
}

const FIGURES: readonly Column[] = ['Round trips', 'Win rate', 'Gross', 'Charges', 'Net', 'Profit factor', 'Expectancy'].map((title) => ({
  title,
  align: 'right',
}));
