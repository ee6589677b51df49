import { describe, expect, it } from 'vitest';

import { AT, accountOf, setStatusOf, statusOf } from '../status.test-kit.js';
import { statusLines } from './status-lines.js';
import { noStyle } from './style.js';

const told = (...changes: Parameters<typeof statusOf>) => statusLines(statusOf(...changes), { style: noStyle, lastSignalOf: () => null });

describe('the status of a run', () => {
  it('tells of a quiet run in three lines', () => {
    expect(told()).toMatchInlineSnapshot(`
      "2026-11-25 10:31:04  TRADING IS ACTIVE
      main              equity ₹1,00,000.00, today ₹0.00, 0 sets open, 0 orders, line up
      one|NSE:TCS|main  waiting, 0 entries today, ₹0.00 closed"
    `);
  });

  it('tells everything that a trader asks for', () => {
    const status = statusOf({
      tradingSwitch: 'exits-only',
      accounts: [
        accountOf({
          equityPaise: 94_987_50,
          dayPaise: -5_012_50,
          openSets: 1,
          ordersToday: 7,
          halted: {
            code: 'account/daily-loss',
            reason: 'Loss of the day ₹5,012.50, limit ₹5,000.00.',
            at: AT,
            until: null,
            closes: true,
          },
          closing: true,
        }),
      ],
      sets: [
        setStatusOf({
          phase: 'exiting',
          entriesToday: 3,
          netTodayPaise: -1_000_00,
          position: {
            instrument: 'NSE:TCS',
            quantity: -10,
            entryPrice: 3_500.05,
            price: 3_520,
            openPaise: -199_50,
            stop: 3_550,
            target: null,
          },
          orders: [
            {
              orderId: 'S0O4',
              purpose: 'exit',
              side: 'buy',
              quantity: 10,
              filledQuantity: 4,
              status: 'partiallyFilled',
              price: 3_521.5,
              triggerPrice: null,
            },
          ],
        }),
      ],
    });
    const signal = {
      kind: 'enter',
      direction: 'bearish',
      at: AT - 64_000,
      reason: 'EMA 9 crossed below EMA 15',
      values: {},
    } as const;
    const lastSignalOf = () => ({ signal, outcome: 'taken: entered' });
    expect(statusLines(status, { style: noStyle, lastSignalOf })).toMatchInlineSnapshot(`
      "2026-11-25 10:31:04  EXITS ONLY: nothing is entered
      main              equity ₹94,987.50, today -₹5,012.50, 1 set open, 7 orders, line up
                        STOPPED since 2026-11-25 10:31:04: Loss of the day ₹5,012.50, limit ₹5,000.00. (account/daily-loss) To go on: rearm main
                        its positions are being closed
      one|NSE:TCS|main  exiting, 3 entries today, -₹1,000.00 closed
                        -10 NSE:TCS at 3500.05: now 3520.00, -₹199.50, stop 3550.00
                        exit order S0O4: buy 10 limit 3521.50, filled in part, 4 filled
                        last signal 11-25 10:30:00 bearish, EMA 9 crossed below EMA 15: taken: entered"
    `);
  });

  it('says in capitals that trading is halted', () =>
    expect(told({ tradingSwitch: 'halted' })).toContain('TRADING IS HALTED: the engine sends nothing by itself, exits included'));

  it('says until when an account is stopped that the calendar re-arms', () => {
    const halted = { code: 'account/daily-loss', reason: 'Loss of the day.', at: AT, until: '2026-11-26', closes: true };
    expect(told({ accounts: [accountOf({ halted })] })).toContain('By itself from 2026-11-26 on, or: rearm main');
  });

  it.each([
    [{ line: 'down' }, 'the line to the broker is lost'],
    [{ reconciled: false }, "the broker's positions are being compared"],
    [{ disputed: ['NSE:TCS'] }, 'the broker has something else of NSE:TCS'],
    [{ ignored: { 'NSE:TCS': 4, 'NSE:INFY': 0 } }, 'none of ours: 4 NSE:TCS'],
  ] as const)('says of an account that is %j what that means', (changes, words) =>
    expect(told({ accounts: [accountOf(changes)] })).toContain(words),
  );

  it('says who halted a set, and that a price is not there', () => {
    const position = { instrument: 'NSE:TCS', quantity: 10, entryPrice: 3_500, price: null, openPaise: null, stop: null, target: null };
    const text = told({ sets: [setStatusOf({ phase: 'open', halted: { by: 'strategy x', reason: 'It failed.' }, position })] });
    expect(text).toContain('HALTED by strategy x: It failed.');
    expect(text).toContain('10 NSE:TCS at 3500.00: no price');
  });
});
