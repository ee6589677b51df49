import type { Fill } from '../orders/fill.js';
import type { OrderRequest } from '../orders/order-request.js';
import type { ChosenLeg, OpenPosition } from '../sets/set-state.js';
import type { Signal } from '../sets/signal.js';
import type { CanonicalHash } from './canonical-form.js';
import type { JournalEvent } from './journal.js';

/**
 * Writes an event in its canonical form. The common ones are written field by field, which takes a fraction of the time of going through an
 * object whose shape is not known; but for signals, which are written with names, the bytes are those of `hash.add(event)`.
 */
export function writeEvent(hash: CanonicalHash, event: JournalEvent): void {
  switch (event.kind) {
    case 'signalSeen':
    case 'preparationStarted':
      hash.beginRecord();
      hash.text(event.kind);
      writeSignal(hash, event.signal);
      break;
    case 'legsChosen':
      hash.beginRecord();
      hash.text(event.kind);
      writeLeg(hash, event.leg);
      hash.number(event.availablePaise);
      hash.number(event.sizeScale);
      break;
    case 'entryPlanned':
      hash.beginRecord();
      hash.text(event.kind);
      hash.text(event.instrument);
      hash.number(event.lots);
      hash.number(event.quantity);
      hash.number(event.costPaise);
      hash.number(event.giveUpAt);
      break;
    case 'orderSubmitted':
      hash.beginRecord();
      hash.text(event.kind);
      hash.text(event.orderId);
      hash.text(event.orderKind);
      hash.numberOrNull(event.price);
      hash.numberOrNull(event.triggerPrice);
      break;
    case 'orderChanged':
      if (event.news.kind !== 'acknowledged') {
        hash.add(event);
        return;
      }
      hash.beginRecord();
      hash.text(event.kind);
      hash.beginRecord();
      hash.text(event.news.kind);
      hash.text(event.news.orderId);
      hash.text(event.news.brokerOrderId);
      hash.number(event.news.at);
      hash.endRecord();
      break;
    case 'legOrderRequested':
      hash.beginRecord();
      hash.text(event.kind);
      hash.text(event.purpose);
      writeOrder(hash, event.order);
      break;
    case 'legFilled':
      hash.beginRecord();
      hash.text(event.kind);
      writeFill(hash, event.fill);
      hash.text(event.purpose);
      hash.number(event.chargesPaise);
      hash.number(event.realisedPaise);
      hash.number(event.costPaise);
      hash.textOrNull(event.by);
      break;
    case 'setOpened':
      hash.beginRecord();
      hash.text(event.kind);
      writePosition(hash, event.position);
      break;
    case 'stopMoved':
      hash.beginRecord();
      hash.text(event.kind);
      hash.number(event.stop);
      hash.number(event.best);
      break;
    case 'exitTriggered':
      hash.beginRecord();
      hash.text(event.kind);
      hash.text(event.rule);
      hash.numberOrNull(event.price);
      hash.number(event.quantity);
      hash.number(event.keep);
      if (event.reverse === null) hash.add(null);
      else writeSignal(hash, event.reverse);
      break;
    case 'setClosed':
      hash.beginRecord();
      hash.text(event.kind);
      hash.text(event.rule);
      hash.number(event.grossPaise);
      hash.number(event.chargesPaise);
      hash.number(event.coolUntil);
      break;
    default:
      hash.add(event);
      return;
  }
  hash.number(event.at);
  hash.endRecord();
}

/** A strategy chooses which fields a signal has, and what its values are called: their names are a part of it. */
const writeSignal = (hash: CanonicalHash, signal: Signal): void => hash.addNamed(signal);

function writeOrder(hash: CanonicalHash, order: OrderRequest): void {
  hash.beginRecord();
  hash.text(order.orderId);
  hash.text(order.instance);
  hash.text(order.account);
  hash.text(order.instrument);
  hash.text(order.purpose);
  hash.text(order.side);
  hash.number(order.quantity);
  hash.text(order.kind);
  hash.numberOrNull(order.price);
  hash.numberOrNull(order.triggerPrice);
  hash.text(order.validity);
  hash.text(order.product);
  hash.number(order.at);
  hash.endRecord();
}

function writeFill(hash: CanonicalHash, fill: Fill): void {
  hash.beginRecord();
  hash.text(fill.fillId);
  hash.text(fill.orderId);
  hash.text(fill.instrument);
  hash.text(fill.side);
  hash.number(fill.quantity);
  hash.number(fill.price);
  hash.number(fill.time);
  hash.endRecord();
}

function writeLeg(hash: CanonicalHash, leg: ChosenLeg): void {
  hash.beginRecord();
  hash.text(leg.instrument);
  hash.text(leg.side);
  hash.number(leg.price);
  hash.text(leg.premium);
  hash.number(leg.lotSize);
  hash.number(leg.tickSize);
  hash.numberOrNull(leg.freezeQuantity);
  hash.number(leg.costPerLotPaise);
  hash.textOrNull(leg.expiry);
  hash.numberOrNull(leg.strike);
  hash.textOrNull(leg.optionType);
  hash.number(leg.spot);
  hash.endRecord();
}

function writePosition(hash: CanonicalHash, position: OpenPosition): void {
  hash.beginRecord();
  hash.text(position.instrument);
  hash.text(position.side);
  hash.text(position.direction);
  hash.number(position.quantity);
  hash.number(position.entryQuantity);
  hash.number(position.lotSize);
  hash.number(position.tickSize);
  hash.number(position.entryPrice);
  hash.number(position.entryTime);
  hash.text(position.premium);
  hash.numberOrNull(position.stop);
  hash.add(position.trailing);
  hash.numberOrNull(position.target);
  hash.numberOrNull(position.trailFrom);
  hash.number(position.best);
  hash.add(position.partials);
  hash.numberOrNull(position.setStop);
  hash.numberOrNull(position.setTarget);
  hash.numberOrNull(position.dayLossStop);
  hash.numberOrNull(position.underlyingBelow);
  hash.numberOrNull(position.underlyingAbove);
  hash.numberOrNull(position.leaveAt);
  hash.textOrNull(position.expiry);
  hash.endRecord();
}
