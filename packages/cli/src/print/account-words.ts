import { type AccountEvent, formatRupees, type SystemEvent } from '@sauda/engine';

/** What happened to an account, or to all, in a sentence; `null` for what an alert tells. */
export function accountWords(event: AccountEvent | SystemEvent): string | null {
  switch (event.kind) {
    case 'accountDayStarted':
      return `${event.date} begins with ${formatRupees(event.equityPaise)}`;
    case 'closingRequested':
      return `closing ${event.instances.join(', ')}`;
    case 'accountRearmed':
      return `re-armed by ${event.by}: limits count from ${formatRupees(event.equityPaise)}`;
    case 'haltEnded':
      return `enters again: the time of ${event.code} is over`;
    case 'chargesAdjusted':
      return `the contract note of ${event.date} asks for ${formatRupees(Math.abs(event.chargesPaise))} ${event.chargesPaise < 0 ? 'less' : 'more'} than was charged`;
    case 'positionIgnored':
      return `${event.quantity} ${event.instrument} are none of ours, says ${event.by}`;
    case 'positionAdopted':
      return `${event.instance} is to hold ${event.quantity} ${event.instrument}, says ${event.by}`;
    case 'positionAgreed':
      return `the broker's position in ${event.instrument} agrees with ours again`;
    // Breakers, targets, the line, differences and the switch are alerts.
    default:
      return null;
  }
}
