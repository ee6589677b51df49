import { formatIst, formatRupees } from '@sauda/engine';

import { chargeWords } from '../report/charge-kinds.js';
import { endWords, priceText, purposeWords, sentWords, symbolOf, valueWords } from '../report/deal-words.js';
import { needOrders, type TripWithOrders } from '../report/need-orders.js';
import type { SavedOrder, SavedReport } from '../report/saved-form.js';
import { entryOf, exitOf, signalOf } from '../report/trips.js';
import { ALL_ROUND_TRIPS, notShown } from './not-shown.js';
import { type Style, toneOf } from './style.js';

/**
 * The trade journal: a block for each round trip with the signal behind it, its orders as they were sent, their fills and slippage, and its money.
 *
 * @param last so many of the last round trips; `null`: all.
 * @throws EngineError `data/report-without-orders` for a document of a version that did not write orders down.
 */
export function printJournal(report: SavedReport, last: number | null, style: Style): string {
  const trips = needOrders(report, 'a trade journal');
  if (trips.length === 0) return 'No round trips.\n';
  const first = last === null ? 0 : Math.max(0, trips.length - last);
  const blocks = trips.slice(first).map((trip, index) => blockOf(trip, first + index + 1, report, style));
  const note = first === 0 ? [] : [style.faint(notShown(first, 'round trip', ALL_ROUND_TRIPS))];
  return `${[...blocks, ...note].join('\n\n')}\n`;
}

function blockOf(trip: TripWithOrders, number: number, { signals }: SavedReport, style: Style): string {
  const { set, account, underlying, strategy, exitReason, grossPaise, chargesPaise, netPaise, charges, orders } = trip;
  const signal = signalOf(trip, signals);
  const lines = [
    `${style.strong(`#${number}  ${set}`)}  ${underlying}, ${account}${strategy === undefined ? '' : `, ${strategy}`}`,
    `  ${formatIst(entryOf(trip))} to ${formatIst(exitOf(trip))}, ${exitReason}`,
    signal === undefined ? '' : `  signal of ${formatIst(signal.time)}: ${signal.direction}, ${signal.reason}`,
    signal === undefined || Object.keys(signal.values).length === 0 ? '' : `    ${valueWords(signal.values)}`,
    ...orders.flatMap(orderLines),
    `  gross ${formatRupees(grossPaise)}, charges ${formatRupees(chargesPaise)}, net ${toneOf(netPaise, style)(formatRupees(netPaise))}`,
    charges === undefined ? '' : style.faint(`    ${chargeWords(charges)}`),
  ];
  return lines.filter((line) => line !== '').join('\n');
}

function orderLines(order: SavedOrder): readonly string[] {
  const { id, side, quantity, instrument, by, decidedAt, decidedPrice, slippagePaise, reason = null, fills } = order;
  const decided = `decided ${formatIst(decidedAt)}${decidedPrice === null ? '' : ` at ${priceText(decidedPrice)}`}`;
  return [
    `  ${purposeWords(order)}: ${side} ${quantity} ${symbolOf(instrument)} ${sentWords(order)} (${id}, ${endWords(order)})`,
    // Nobody decided on what was dealt without us: the time of its fill says all.
    ...(by === null ? [`    ${decided}${slippagePaise === null ? '' : `, slippage ${formatRupees(slippagePaise)}`}`] : []),
    ...(reason === null ? [] : [`    ${reason}`]),
    ...fills.map(
      ({ time, quantity: units, price, chargesPaise }) =>
        `    ${formatIst(time)}  ${units} at ${priceText(price)}, charges ${formatRupees(chargesPaise)}`,
    ),
  ];
}
