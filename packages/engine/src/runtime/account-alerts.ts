import type { AccountId } from '../primitives/ids.js';
import type { AccountEvent } from '../risk/account-event.js';
import type { SystemEvent } from '../risk/system-decider.js';
import type { Alert } from './alert.js';

/** What a person does to let an account trade again, as `sauda run` takes it. */
export const rearmCommand = (account: AccountId): string => `rearm ${account}`;

/** What a person is told of an account's event; `null` for most. */
export function alertOfAccount(account: AccountId, event: AccountEvent): Alert | null {
  const about = { account, instance: null, at: event.at } as const;
  const rearm = `When you have looked into it: ${rearmCommand(account)}.`;
  switch (event.kind) {
    case 'breakerTripped': {
      const remedy = event.until === null ? rearm : `It trades again by itself from ${event.until}, or: ${rearmCommand(account)}.`;
      const message = `Account ${account} is stopped and its positions are closed: ${event.reason}`;
      return { severity: 'critical', code: event.code, message, remedy, ...about };
    }
    case 'closingCompleted': {
      const message =
        event.orders.length === 0
          ? `Account ${account} holds nothing.`
          : `Account ${account} holds nothing any more; closed by ${event.orders.join(', ')}.`;
      return { severity: 'info', code: 'account/closed', message, remedy: '', ...about };
    }
    case 'profitTargetReached': {
      const remedy = event.until === null ? '' : `It enters again from ${event.until}, or: ${rearmCommand(account)}.`;
      return { severity: 'info', code: event.code, message: `Account ${account}: ${event.reason}`, remedy, ...about };
    }
    case 'lineLost': {
      const message = `The line to the broker of account ${account} is lost.`;
      return { severity: 'warning', code: 'account/line-lost', message, remedy: 'Nothing is entered until it is back.', ...about };
    }
    case 'lineRestored': {
      const message = `The line to the broker of account ${account} is back: orders are looked for and positions compared.`;
      return { severity: 'info', code: 'account/line-restored', message, remedy: '', ...about };
    }
    case 'positionMismatched': {
      const { instrument, expected, found } = event;
      const message = `The broker of account ${account} has ${found} of ${instrument}; our sets hold ${expected}.`;
      const remedy = `Look into the broker's app. Then: adopt ${account} ${instrument}, or ignore ${account} ${instrument}; and ${rearmCommand(account)}.`;
      return { severity: 'critical', code: 'account/position-mismatch', message, remedy, ...about };
    }
    default:
      return null;
  }
}

/** What a person is told of an event that concerns all accounts. */
export const alertOfSystem = ({ from, to, by, at }: SystemEvent): Alert => ({
  severity: to === 'active' ? 'info' : 'critical',
  code: 'system/switch',
  message: to === 'halted' ? `TRADING IS HALTED by ${by}.` : `The trading switch went from ${from} to ${to}, by ${by}.`,
  remedy: to === 'halted' ? 'The engine sends nothing by itself, exits included. To go on: switch active, or switch exits-only.' : '',
  at,
  account: null,
  instance: null,
});
