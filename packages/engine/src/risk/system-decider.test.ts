import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { fold } from '../primitives/decider.js';
import { type SystemEvent, systemDecider } from './system-decider.js';
import type { TradingSwitch } from './trading-switch.js';

const AT = 1_795_406_400_000;
const positions = () => fc.constantFrom<TradingSwitch>('active', 'exits-only', 'halted');

describe('the trading switch', () => {
  it('stands where the configuration has it until a person sets it', () => {
    const { initial, decide } = systemDecider('exits-only');
    expect(initial).toEqual({ tradingSwitch: 'exits-only' });
    expect(decide(initial, { kind: 'setSwitch', to: 'halted', by: 'asha', at: AT })).toEqual([
      { kind: 'switchChanged', from: 'exits-only', to: 'halted', by: 'asha', at: AT },
    ]);
  });

  it('is not set to where it stands', () => {
    const { initial, decide } = systemDecider('active');
    expect(decide(initial, { kind: 'setSwitch', to: 'active', by: 'asha', at: AT })).toEqual([]);
  });

  it('stands where it was set last, and its journal says so, from JSON too', () =>
    fc.assert(
      fc.property(positions(), fc.array(positions(), { maxLength: 10 }), (first, all) => {
        const decider = systemDecider(first);
        const journal: SystemEvent[] = [];
        let state = decider.initial;
        for (const to of all) {
          const events = decider.decide(state, { kind: 'setSwitch', to, by: 'asha', at: AT });
          expect(events).toHaveLength(state.tradingSwitch === to ? 0 : 1);
          for (const event of events) {
            expect(event.from).toBe(state.tradingSwitch);
            state = decider.evolve(state, event);
            journal.push(event);
          }
          expect(state.tradingSwitch).toBe(to);
        }
        expect(fold(decider, JSON.parse(JSON.stringify(journal)) as SystemEvent[])).toEqual(state);
      }),
    ));
});
