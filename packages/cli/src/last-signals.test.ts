import type { JournalEvent, Signal } from '@sauda/engine';
import { describe, expect, it } from 'vitest';

import { LastSignals } from './last-signals.js';

const signalAt = (at: number, direction: Signal['direction'] = 'bullish'): Signal => ({
  kind: 'enter',
  direction,
  at,
  reason: 'It is written.',
  values: {},
});
const seen = (at: number, direction?: Signal['direction']): JournalEvent => ({ kind: 'signalSeen', signal: signalAt(at, direction), at });
const refused = (signalAt: number): JournalEvent => ({
  kind: 'entryRefused',
  by: 'set',
  code: 'set/cooling',
  reason: 'The set waits.',
  signalAt,
  at: signalAt,
});
const leaving = (rule: 'oppositeSignal' | 'stopLoss'): JournalEvent => ({
  kind: 'exitTriggered',
  rule,
  price: null,
  quantity: 10,
  keep: 0,
  reverse: null,
  at: 3,
});
const opened = { kind: 'setOpened', at: 2 } as JournalEvent;

/** The last signal of a set to which this has happened. */
function lastAfter(...decisions: readonly (readonly JournalEvent[])[]) {
  const signals = new LastSignals();
  for (const events of decisions) signals.add({ instance: 'one', events });
  return signals.of('one');
}

describe("a set's last signal", () => {
  it('is none before the first', () => expect(lastAfter()).toBeNull());

  it.each([
    ['refused', [[seen(1), refused(1)]], 'not taken: The set waits. (set/cooling)'],
    ['being entered', [[seen(1), { kind: 'preparationStarted', signal: signalAt(1), at: 1 }]], 'taken: entering'],
    ['entered', [[seen(1), { kind: 'preparationStarted', signal: signalAt(1), at: 1 }], [opened]], 'taken: entered'],
    ['left on', [[seen(1), leaving('oppositeSignal')]], 'taken: left'],
    ['not decided', [[seen(1)]], 'not decided yet'],
    [
      'one that an exit of another reason follows',
      [[seen(1), refused(1)], [leaving('stopLoss')]],
      'not taken: The set waits. (set/cooling)',
    ],
    ['one whose refusal is about an earlier one', [[seen(2), refused(1)]], 'not decided yet'],
  ] as const)('that is %s says so', (_, decisions, outcome) => expect(lastAfter(...decisions)).toMatchObject({ outcome }));

  it('is the last, whatever became of those before', () => {
    expect(lastAfter([seen(1), refused(1)], [seen(5, 'bearish')])).toMatchObject({ signal: { at: 5, direction: 'bearish' } });
  });

  it('is one for each set', () => {
    const signals = new LastSignals();
    signals.add({ instance: 'one', events: [seen(1)] });
    expect(signals.of('two')).toBeNull();
  });
});
