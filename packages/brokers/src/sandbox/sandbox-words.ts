import type { BrokerNews, ExchangeLine, Fill, OrderRequest, OutsideFill } from '@sauda/engine';

/** What an account has at the exchange, for people. */
export function standInWords(line: ExchangeLine): string {
  const held = (line.positions()?.positions ?? []).map(({ instrument, quantity }) => `${quantity} ${instrument}`);
  const resting = (line.orders()?.orders ?? []).filter(({ status }) => status === 'open' || status === 'triggerPending').length;
  const rests = resting === 0 ? '' : `; ${resting} ${resting === 1 ? 'order rests' : 'orders rest'}`;
  return `${held.length === 0 ? 'it holds nothing' : `it holds ${held.join(', ')}`}${rests}`;
}

export function orderInWords({ orderId, side, quantity, instrument, kind, price, triggerPrice }: OrderRequest): string {
  const limit = price === null ? '' : `, limit ${price.toFixed(2)}`;
  const trigger = triggerPrice === null ? '' : `, trigger ${triggerPrice.toFixed(2)}`;
  return `${orderId}: ${side} ${quantity} ${instrument}${kind === 'limit' ? '' : `, ${kind}`}${limit}${trigger}`;
}

/** `null` for what nobody has to be told. */
export function newsInWords(news: BrokerNews): string | null {
  const { orderId } = news;
  switch (news.kind) {
    case 'filled':
      return `${orderId}: ${dealInWords(news.fill)}`;
    case 'rejected':
      return `${orderId} rejected: ${news.reason}`;
    case 'cancelled':
      return `${orderId} cancelled: ${news.reason}`;
    case 'expired':
      return `${orderId} expired`;
    case 'changeRejected':
      return `${orderId} cannot be changed: ${news.reason}`;
    default:
      return null;
  }
}

export const outsideFillInWords = (fill: OutsideFill): string => `${dealInWords(fill)} (${fill.by})`;

const dealInWords = ({ side, quantity, instrument, price }: Pick<Fill, 'side' | 'quantity' | 'instrument' | 'price'>): string =>
  `${side === 'buy' ? 'bought' : 'sold'} ${quantity} ${instrument} at ${price.toFixed(2)}`;
