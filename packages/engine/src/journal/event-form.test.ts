import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { BrokerNews } from '../orders/broker-news.js';
import { SetPlay } from '../sets/set-play.test-kit.js';
import { scripts } from '../sets/set-script.test-kit.js';
import { setWords } from '../sets/set-words.test-kit.js';
import { CanonicalHash } from './canonical-form.js';
import { eventExamples } from './event-examples.test-kit.js';
import { writeEvent } from './event-form.js';
import type { JournalEvent } from './journal.js';

const written = (event: JournalEvent): string => {
  const hash = new CanonicalHash();
  writeEvent(hash, event);
  return hash.digest();
};

const added = (event: unknown): string => {
  const hash = new CanonicalHash();
  hash.add(event);
  return hash.digest();
};

/** Signals are written with the names of their fields. */
const hasSignal = (event: JournalEvent): boolean => 'signal' in event || (event.kind === 'exitTriggered' && event.reverse !== null);

/** Everything that a set may come to journal. */
const events = () =>
  fc.tuple(setWords(), scripts()).map(([words, script]) => {
    const play = new SetPlay(words);
    for (const { afterMs, happening } of script) {
      play.now += afterMs;
      play.tell(happening(play.state, play.now));
    }
    return play.events;
  });

/** Which fields an event has, and which of them say nothing: events of one shape are written the same way. */
function shapeOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(shapeOf).join()}]`;
  if (typeof value !== 'object' || value === null) return value === null ? '0' : typeof value;
  return `{${Object.entries(value).map(([name, part]) => (name === 'kind' ? String(part) : `${name}:${shapeOf(part)}`))}}`;
}

/** Values that another event of the kind may have in place of this one: where this is nothing, either a number or a text. */
function othersThan(value: unknown): readonly unknown[] {
  if (typeof value === 'number') return [value + 1];
  if (typeof value === 'string') return [`${value}x`];
  if (typeof value === 'boolean') return [!value];
  return [1, 'x'];
}

/** For each leaf of a value copies in which it is another one. */
function* variants(value: unknown): Generator<readonly unknown[]> {
  if (typeof value !== 'object' || value === null) {
    yield othersThan(value);
    return;
  }
  for (const [name, part] of Object.entries(value)) {
    for (const others of variants(part)) {
      yield others.map((other) => (Array.isArray(value) ? value.with(Number(name), other) : { ...value, [name]: other }));
    }
  }
}

/** The hash; `null` of what is no event, since a number stands in place of a text or the other way round. */
function writtenIfAny(event: JournalEvent): string | null {
  try {
    return written(event);
  } catch {
    return null;
  }
}

/** An event is another when any field of it is: for each leaf some other value can be written, and none gives the same hash. */
function expectEachFieldToCount(event: JournalEvent): void {
  const own = written(event);
  for (const others of variants(event)) {
    const changed = others.filter((other): other is JournalEvent => (other as JournalEvent).kind === event.kind);
    const hashes = changed.map(writtenIfAny).filter((hash) => hash !== null);
    expect(hashes, JSON.stringify(others)).not.toContain(own);
    expect(hashes.length > 0 || changed.length === 0, JSON.stringify(others)).toBe(true);
  }
}

const examples: readonly JournalEvent[] = Object.values(eventExamples).flat();

describe('an event in its canonical form', () => {
  it('is the same written field by field and gone through as a value, but for signals', () => {
    for (const event of examples) if (!hasSignal(event)) expect(written(event), event.kind).toBe(added(event));
    fc.assert(
      fc.property(events(), (all) => {
        for (const event of all) if (!hasSignal(event)) expect(written(event)).toBe(added(event));
      }),
      { numRuns: 60 },
    );
  });

  it('tells a signal with a stop from one with a target, and values by their names', () => {
    const signal = { kind: 'enter', direction: 'bullish', at: 1, reason: 'a reason', values: { fast: 2 } } as const;
    const hashes = [{ ...signal, stop: 95 }, { ...signal, target: 95 }, signal, { ...signal, values: { slow: 2 } }].map((one) =>
      written({ kind: 'signalSeen', signal: one, at: 1 }),
    );
    expect(new Set(hashes).size).toBe(4);
  });

  it('is the same before and after JSON', () => {
    for (const event of examples) expect(written(JSON.parse(JSON.stringify(event))), event.kind).toBe(written(event));
    fc.assert(
      fc.property(events(), (all) => {
        for (const event of all) expect(written(JSON.parse(JSON.stringify(event)))).toBe(written(event));
      }),
      { numRuns: 30 },
    );
  });

  it.each(Object.entries(eventExamples))(
    '%s is another if any field of it is, but for its kind, which says what its fields are',
    (kind, forms) => {
      for (const event of forms) {
        expect(event.kind).toBe(kind);
        expectEachFieldToCount(event);
      }
    },
  );

  it('is another if any field of it is, in every shape in which a set journals it', () => {
    const shapes = new Set<string>();
    fc.assert(
      fc.property(events(), (all) => {
        for (const event of all) {
          const shape = shapeOf(event);
          if (shapes.has(shape)) continue;
          shapes.add(shape);
          expectEachFieldToCount(event);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('is another than every other example, of its own kind and of others', () => {
    expect(new Set(examples.map(written)).size).toBe(examples.length);
  });

  it('has news of an order in the order of its fields, told by the broker or read in the book', () => {
    const play = new SetPlay();
    play.signal('bullish');
    play.legs();
    play.now += 5_000;
    play.due(100);
    const { request } = play.order;
    const { orderId, instrument, side, kind, product, quantity } = request;
    const fills = [{ fillId: 'F1', quantity: 20, price: 100, time: play.now }];
    const found = {
      orderId,
      brokerOrderId: 'B1',
      instrument,
      side,
      kind,
      product,
      status: 'cancelled',
      reason: 'By hand.',
      quantity,
      price: null,
    } as const;
    play.tell({
      kind: 'looked',
      orderId,
      found: { ...found, triggerPrice: null, filledQuantity: 20, fills },
      chargesPaise: {},
      squareOffAt: null,
      at: play.now,
    });
    const told = play.events.flatMap((event) => (event.kind === 'orderChanged' ? [event.news] : []));
    expect(told.map(({ kind: what }) => what)).toEqual(['unknown', 'acknowledged', 'cancelled']);
    const forms = new Map(
      eventExamples.orderChanged.map(({ news }): [BrokerNews['kind'], string] => [news.kind, Object.keys(news).join()]),
    );
    for (const news of told) expect(Object.keys(news).join()).toBe(forms.get(news.kind));
  });
});
