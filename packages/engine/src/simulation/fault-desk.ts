import type { FaultKind, SlippageConfig } from '../config/run-config.js';
import type { BrokerNews } from '../orders/broker-news.js';
import type { AccountId, ClientOrderId } from '../primitives/ids.js';
import { seededRandom } from '../primitives/seeded-random.js';
import { atIst, type EpochMs, type TradingDate } from '../primitives/time.js';
import { AccountLine } from './account-line.js';
import type { Agenda } from './agenda.js';
import { type AccountOfExchange, ExchangeAccount } from './exchange-account.js';
import type { ExchangeListeners } from './exchange-listeners.js';
import type { ExchangeModel } from './exchange-model.js';
import { isLive, rests } from './exchange-order.js';
import type { ExchangeParts } from './exchange-parts.js';
import { FaultPlan, type PlannedFault } from './fault-plan.js';
import { FaultsByHand, HAND_FAULTS, type HandFault } from './faults-by-hand.js';
import { FaultyLine } from './faulty-line.js';
import { FaultyNews } from './faulty-news.js';
import { LineFaults } from './line-faults.js';
import { LineOutage, outageMs } from './line-outage.js';
import type { OrderChanges } from './order-changes.js';

/** What a fault is injected into: an order, or an account. */
export type FaultTarget = { readonly orderId: ClientOrderId } | { readonly account: AccountId };

/** What the lines with faults need beside what all lines share. */
export interface FaultParts extends ExchangeParts {
  readonly agenda: Agenda;
  readonly changes: OrderChanges;
  readonly slippage: SlippageConfig;
}

/** An account's line and all that can go wrong on it. */
interface Faulty {
  readonly account: ExchangeAccount;
  readonly faults: LineFaults;
  readonly outage: LineOutage;
  readonly news: FaultyNews;
  readonly byHand: FaultsByHand;
  readonly line: FaultyLine;
}

/** Keeps the chance of one account's faults apart from that of latencies and of other accounts. */
const SEED_STEP = 0x9e3779b9;

/** Stands between the exchange and its accounts, and lets happen what the plan, or a test, wants to go wrong. Matching knows nothing of it. */
export class FaultDesk {
  readonly #model: ExchangeModel;
  readonly #parts: FaultParts;
  readonly #plan: FaultPlan;
  readonly #lines: Faulty[] = [];

  constructor(model: ExchangeModel, parts: FaultParts) {
    this.#model = model;
    this.#parts = parts;
    this.#plan = new FaultPlan(model.faults);
  }

  connect(of: AccountOfExchange, listeners: ExchangeListeners): { readonly line: FaultyLine; readonly account: ExchangeAccount } {
    const faulty = this.#faulty(of, listeners);
    this.#lines.push(faulty);
    return faulty;
  }

  isDown(id: AccountId): boolean {
    return this.#lines.some(({ account, outage }) => account.id === id && outage.isDown);
  }

  /** Sets the times of the day at which something goes wrong by itself. */
  beginDay(date: TradingDate): void {
    const { agenda, market } = this.#parts;
    const now = market.now();
    for (const faulty of this.#lines) {
      faulty.news.newDay(now);
      for (const fault of this.#plan.beginning('disconnect', faulty.account.id)) {
        if (fault.chance < 1) continue;
        const until = fault.to === null ? null : atIst(date, fault.to);
        agenda.add(Math.max(now, atIst(date, fault.from ?? 0)), (at) => this.#disconnect(faulty, fault, at, until));
      }
      for (const kind of HAND_FAULTS) {
        for (const { from, to } of this.#plan.beginning(kind, faulty.account.id)) {
          const [begins, ends] = [atIst(date, from ?? 0), to === null ? Infinity : atIst(date, to)];
          if (now < ends) agenda.add(Math.max(now, begins), (at) => faulty.byHand.lookAround(kind, at));
        }
      }
    }
  }

  inject(kind: FaultKind, target: FaultTarget): boolean {
    const orderId = 'orderId' in target ? target.orderId : null;
    const faulty = this.#lines.find(({ account }) =>
      'account' in target ? account.id === target.account : account.orders.has(target.orderId),
    );
    const at = this.#parts.market.now();
    if (isByHand(kind)) return faulty !== undefined && actByHand(faulty, kind, orderId, at);
    if (kind === 'disconnect' && faulty !== undefined) {
      faulty.faults.tell(kind, orderId);
      faulty.outage.begin(at, at + outageMs(faulty.faults.random));
      return true;
    }
    // An order that was not sent yet can come from any account: the first line on which it is seen is the one.
    const lines = faulty !== undefined ? [faulty] : orderId !== null ? this.#lines : [];
    for (const { faults } of lines) faults.arm(kind, orderId);
    return lines.length > 0;
  }

  #disconnect({ faults, outage }: Faulty, fault: PlannedFault, at: EpochMs, until: EpochMs | null): void {
    if (fault.left === 0 || (until !== null && until <= at)) return;
    fault.left -= 1;
    faults.tell('disconnect', null);
    outage.begin(at, until ?? at + outageMs(faults.random));
  }

  #faulty(of: AccountOfExchange, listeners: ExchangeListeners): Faulty {
    const { agenda, market, changes, ids, slippage } = this.#parts;
    const random = seededRandom(this.#model.seed + SEED_STEP * (this.#lines.length + 1));
    const faults = new LineFaults(of.id, this.#plan, random, this.#model.faultObserver ?? null);
    const outage: LineOutage = new LineOutage(agenda, (line, at) => {
      listeners.onLine(line, at);
      if (line === 'up') news.lineUp(at);
    });
    const news: FaultyNews = new FaultyNews({
      faults,
      agenda,
      listeners,
      isDown: () => outage.isDown,
      isLive: (orderId) => {
        const order = account.orders.get(orderId);
        return order !== undefined && isLive(order);
      },
    });
    const account: ExchangeAccount = new ExchangeAccount(of, {
      onNews: (told) => {
        lookByHand(account, byHand, told);
        news.news(told);
      },
      onOutsideFill: (fill) => news.outsideFill(fill),
    });
    const byHand: FaultsByHand = new FaultsByHand({ account, faults, agenda, market, changes, ids, slippage });
    const line = new FaultyLine({ line: new AccountLine(account, this.#parts), faults, outage, news, now: () => market.now() });
    return { account, faults, outage, news, byHand, line };
  }
}

const isByHand = (kind: FaultKind): kind is HandFault => HAND_FAULTS.some((one) => one === kind);

/** Whoever looks at the broker's app sees what is true, whatever becomes of the news of it. */
function lookByHand(account: ExchangeAccount, byHand: FaultsByHand, news: BrokerNews): void {
  const order = account.orders.get(news.orderId);
  if (order === undefined) return;
  if (news.kind === 'working' && rests(order)) byHand.sawResting(order, news.at);
  else if (news.kind === 'filled' && order.holding.quantityOf(order.request.product) !== 0) {
    byHand.sawHolding(order.holding, order.request.product, news.at);
  }
}

/** Something is done by hand at once: to an order or to what it deals in, or to the first that the account has. */
function actByHand({ account, byHand }: Faulty, kind: HandFault, orderId: ClientOrderId | null, at: EpochMs): boolean {
  const meant = [...account.orders.values()].find((order) => (orderId === null ? rests(order) : order.request.orderId === orderId));
  if (kind === 'cancelByHand') return meant !== undefined && byHand.cancel(meant, at);
  if (kind === 'modifyByHand') return meant !== undefined && byHand.modify(meant, at);
  if (orderId !== null) return meant !== undefined && byHand.squareOff(meant.holding, meant.request.product, at, true);
  for (const holding of account.holdings.values()) {
    for (const { product } of holding.positions()) if (byHand.squareOff(holding, product, at, true)) return true;
  }
  return false;
}
