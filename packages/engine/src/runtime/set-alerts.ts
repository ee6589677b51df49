import { InvariantError } from '../primitives/assert.js';
import type { SetEvent } from '../sets/set-event.js';
import type { Alert } from './alert.js';
import type { SetRunner } from './set-runner.js';

/** What a person is told of a set's event; `null` for most. */
export function alertOfSet(runner: SetRunner, event: SetEvent): Alert | null {
  const said = wordsFor(runner, event);
  if (said === null) return null;
  const { id, account } = runner.instance;
  return { ...said, message: `${id}: ${said.message}`, at: event.at, account, instance: id };
}

type Words = Pick<Alert, 'severity' | 'code' | 'message' | 'remedy'>;

function wordsFor(runner: SetRunner, event: SetEvent): Words | null {
  switch (event.kind) {
    case 'orderChanged':
      return ofNews(event);
    case 'orderNeverReached':
      return {
        severity: 'warning',
        code: 'order/never-reached',
        message: `order ${event.orderId} never reached the broker: two looks at its book have not found it.`,
        remedy: 'An entry is given up; an exit is decided afresh from the position that the broker confirms.',
      };
    case 'bookLookRequested':
      return event.count > LOOKS_BEFORE_TOLD && event.count % LOOKS_BEFORE_TOLD === 1 ? unclear(event) : null;
    case 'positionTold':
      return event.expected === event.found ? null : mismatch(event);
    case 'exitPostponed':
      return isFirstFailure(runner) ? postponed(event) : null;
    case 'exitStuck':
      return {
        severity: 'critical',
        code: 'order/exit-stuck',
        message: `the exit order ${event.orderId} is not filled${event.price === null ? '' : ` and rests at ${event.price}`}.`,
        remedy: 'It is tried again until the session ends. Look at the market, or leave by hand.',
      };
    case 'protectionLost':
      return event.retryAt === null
        ? {
            severity: 'critical',
            code: 'order/protection-lost',
            message: `no stop rests at the exchange any more: ${event.reason}`,
            remedy: 'The engine watches the stop, as long as it runs.',
          }
        : {
            severity: 'warning',
            code: 'order/protection-lost',
            message: `a stop at the exchange came to nothing: ${event.reason}`,
            remedy: 'It is sent again; until then the engine watches the stop.',
          };
    case 'exitTriggered':
      return event.rule === 'lateFill'
        ? {
            severity: 'critical',
            code: 'order/late-fill',
            message: 'an order that had ended was filled after all; what it brought is left.',
            remedy: "Compare with the broker's book.",
          }
        : null;
    case 'legFilled':
      return event.by === null ? null : outside(event);
    case 'setHalted':
      return {
        severity: 'critical',
        code: 'set/halted',
        message: `halted by ${event.by}: ${event.reason}`,
        remedy: 'It enters no more; exits go on. Mend the cause and start it again.',
      };
    default:
      return null;
  }
}

function ofNews({ news }: Extract<SetEvent, { kind: 'orderChanged' }>): Words | null {
  switch (news.kind) {
    case 'unknown':
      return {
        severity: 'critical',
        code: 'order/unknown',
        message: `nobody can say what became of order ${news.orderId}: ${news.reason}`,
        remedy: "The broker's book is looked at. Nothing is sent again before it is clear.",
      };
    case 'rejected':
      return {
        severity: 'warning',
        code: 'order/rejected',
        message: `order ${news.orderId} was rejected (${news.code}): ${news.reason}`,
        remedy: '',
      };
    default:
      return null;
  }
}

/** After so many looks at the book that have not made an order clear a person is told, and after as many again. */
const LOOKS_BEFORE_TOLD = 4;

const unclear = ({ orderId, count }: Extract<SetEvent, { kind: 'bookLookRequested' }>): Words => ({
  severity: 'critical',
  code: 'order/unclear',
  message: `${count - 1} looks at the broker's book have not said what became of order ${orderId}.`,
  remedy: "It is looked for again. Look into the broker's app: what the book tells at last counts.",
});

/** An exit that came to nothing is told of once, however often it is tried again. */
const isFirstFailure = ({ state }: SetRunner): boolean => state.phase === 'exiting' && state.leaving.failures === 1;

const postponed = ({ reason }: Extract<SetEvent, { kind: 'exitPostponed' }>): Words => ({
  severity: 'critical',
  code: 'order/exit-postponed',
  message: `it could not leave: ${reason}`,
  remedy: 'It is tried again by itself. Look at the market, or leave by hand.',
});

const mismatch = ({ expected, found }: Extract<SetEvent, { kind: 'positionTold' }>): Words => ({
  severity: 'critical',
  code: 'order/position-unconfirmed',
  message: `the broker holds ${found}, we have ${expected}: the exit waits.`,
  remedy: "Look into the broker's app; then adopt or ignore the position.",
});

function outside({ by, fill }: Extract<SetEvent, { kind: 'legFilled' }>): Words {
  const dealt = `${fill.side === 'buy' ? 'bought' : 'sold'} ${fill.quantity} of ${fill.instrument} at ${fill.price}`;
  switch (by) {
    case 'autoSquareOff':
      return { severity: 'warning', code: 'broker/auto-square-off', message: `the broker ${dealt} at the day's end.`, remedy: '' };
    case 'settlement':
      return { severity: 'info', code: 'exchange/settlement', message: `the exchange settled: ${dealt}.`, remedy: '' };
    case 'byHandAtBroker':
      return { severity: 'warning', code: 'broker/by-hand', message: `somebody ${dealt} in the broker's app.`, remedy: '' };
    case null:
      throw new InvariantError('A fill of our own order is no deal from outside.');
  }
}
