import type { Charges } from '../orders/charges.js';
import type { ChargeRates } from '../orders/charges-rates.js';
import type { Side } from '../orders/order-request.js';
import type { Paise } from '../primitives/money.js';

/** What was charged, by kind. The parts add up to it. */
export type ChargeKinds = Omit<Charges, 'totalPaise'>;

/** Nothing was charged. */
export const NO_CHARGES: ChargeKinds = { brokeragePaise: 0, sttPaise: 0, exchangePaise: 0, sebiPaise: 0, stampPaise: 0, gstPaise: 0 };

/** What a charge was for. */
export interface ChargedDeal {
  readonly rates: ChargeRates;
  readonly side: Side;
  /** Price times quantity. */
  readonly turnoverPaise: Paise;
}

/** Forgives what binary fractions add, in paise. */
const DUST = 1e-6;

/**
 * What a fill was charged, by kind: the same parts as `ChargeSchedule.split` has, found from the total alone. Taxes and fees follow from the
 * turnover; what they leave is brokerage and the tax on it, and since the total was rounded by half a paisa at most, only one whole brokerage gives it.
 *
 * The parts add up to the total, to the paisa: they are rounded down, and the paise that are left go to those that lost most by it. What no rate
 * explains, where somebody charged otherwise, is brokerage.
 */
export function chargeKinds(totalPaise: Paise, { rates, side, turnoverPaise }: ChargedDeal): ChargeKinds {
  if (totalPaise === 0) return NO_CHARGES;
  const { gst } = rates;
  const isBuy = side === 'buy';
  const stt = turnoverPaise * (isBuy ? rates.sttOnBuy : rates.sttOnSell);
  const exchange = turnoverPaise * rates.exchange;
  const sebi = turnoverPaise * rates.sebi;
  const stamp = isBuy ? turnoverPaise * rates.stampOnBuy : 0;
  const brokerage = Math.max(0, Math.round((totalPaise - stt - stamp - (exchange + sebi) * (1 + gst)) / (1 + gst)));
  const tax = (brokerage + exchange + sebi) * gst;
  let sttPaise = Math.floor(stt + DUST);
  let exchangePaise = Math.floor(exchange + DUST);
  let sebiPaise = Math.floor(sebi + DUST);
  let stampPaise = Math.floor(stamp + DUST);
  let gstPaise = Math.floor(tax + DUST);
  // Every fill of a run comes through here: lists, and sorting them, would take several times as long.
  let sttLost = stt - sttPaise;
  let exchangeLost = exchange - exchangePaise;
  let sebiLost = sebi - sebiPaise;
  let stampLost = stamp - stampPaise;
  let taxLost = tax - gstPaise;
  let left = totalPaise - brokerage - sttPaise - exchangePaise - sebiPaise - stampPaise - gstPaise;
  for (; left > 0; left -= 1) {
    const most = Math.max(sttLost, exchangeLost, sebiLost, stampLost, taxLost);
    if (most <= GIVEN) break;
    if (sttLost === most) {
      sttPaise += 1;
      sttLost = GIVEN;
    } else if (exchangeLost === most) {
      exchangePaise += 1;
      exchangeLost = GIVEN;
    } else if (sebiLost === most) {
      sebiPaise += 1;
      sebiLost = GIVEN;
    } else if (stampLost === most) {
      stampPaise += 1;
      stampLost = GIVEN;
    } else {
      gstPaise += 1;
      taxLost = GIVEN;
    }
  }
  return { brokeragePaise: brokerage + left, sttPaise, exchangePaise, sebiPaise, stampPaise, gstPaise };
}

/** What a part has lost that was given a paisa: less than any other. */
const GIVEN = -1;

/** Two charges, or more, together. */
export const chargesTogether = (left: ChargeKinds, right: ChargeKinds): ChargeKinds => ({
  brokeragePaise: left.brokeragePaise + right.brokeragePaise,
  sttPaise: left.sttPaise + right.sttPaise,
  exchangePaise: left.exchangePaise + right.exchangePaise,
  sebiPaise: left.sebiPaise + right.sebiPaise,
  stampPaise: left.stampPaise + right.stampPaise,
  gstPaise: left.gstPaise + right.gstPaise,
});
