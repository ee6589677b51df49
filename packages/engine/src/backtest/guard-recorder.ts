import type { AccountId } from '../primitives/ids.js';
import type { AccountEvent } from '../risk/account-event.js';
import { rearmCommand } from '../runtime/account-alerts.js';
import type { AccountDesk } from '../runtime/account-desk.js';
import type { Alert } from '../runtime/alert.js';
import type { SetRunner } from '../runtime/set-runner.js';
import type { SetEvent } from '../sets/set-event.js';
import type { Mutable } from './mutable.js';
import type { ReportedAdjustment, ReportedAlert, ReportedBreaker } from './report.js';

type Recorded = Mutable<Omit<ReportedBreaker, 'closedBy'>> & { readonly closedBy: Mutable<ReportedBreaker['closedBy'][number]>[] };

/** Writes down what watched over the accounts of a run: breakers with the orders that closed for them, what people were told, notes' adjustments. */
export class GuardRecorder {
  readonly breakers: Recorded[] = [];
  readonly alerts: ReportedAlert[] = [];
  readonly adjustments: ReportedAdjustment[] = [];
  /** The breaker of each account that is closing, or waits to be re-armed. */
  readonly #tripped = new Map<AccountId, Recorded>();

  accountEvent({ name: account }: Pick<AccountDesk, 'name'>, event: AccountEvent): void {
    switch (event.kind) {
      case 'breakerTripped': {
        const { code, reason, limit, value, until, at: time } = event;
        const rearm = until === null ? rearmCommand(account) : `from ${until} by itself, or: ${rearmCommand(account)}`;
        const breaker = {
          account,
          code,
          reason,
          limit,
          value,
          time,
          closedBy: [],
          closedAt: null,
          rearm,
          rearmedAt: null,
          rearmedBy: null,
        };
        this.breakers.push(breaker);
        this.#tripped.set(account, breaker);
        return;
      }
      case 'closingCompleted':
        this.#change(account, { closedAt: event.at });
        return;
      case 'accountRearmed':
        this.#change(account, { rearmedAt: event.at, rearmedBy: event.by });
        this.#tripped.delete(account);
        return;
      case 'haltEnded':
        this.#change(account, { rearmedAt: event.at, rearmedBy: 'calendar' });
        this.#tripped.delete(account);
        return;
      case 'chargesAdjusted':
        this.adjustments.push({ account, date: event.date, chargesPaise: event.chargesPaise });
        return;
      default:
    }
  }

  /** What leaves while a breaker closes belongs to its trail. */
  setEvent({ instance }: Pick<SetRunner, 'instance'>, event: SetEvent): void {
    if (event.kind !== 'legFilled' || event.purpose === 'entry') return;
    const breaker = this.#tripped.get(instance.account);
    if (breaker === undefined || breaker.closedAt !== null) return;
    const { orderId, instrument, side, quantity, price, time } = event.fill;
    breaker.closedBy.push({ orderId, set: instance.config.id, instrument, side, quantity, price, time });
  }

  alert({ at: time, instance, ...alert }: Alert): void {
    this.alerts.push({ time, ...alert, set: instance });
  }

  #change(account: AccountId, change: Partial<Recorded>): void {
    const breaker = this.#tripped.get(account);
    if (breaker !== undefined) Object.assign(breaker, change);
  }
}
