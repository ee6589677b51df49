/**
 * Mistakes that an engine for real money could have. Each is a patch of one place of the sources: `find`, which has to be there once, becomes
 * `replace`.
 */
const engine = (path) => `packages/engine/src/${path}`;

export const PLANTED = [
  {
    name: 'sends an order again when no answer comes',
    file: engine('runtime/order-desk.ts'),
    find: '      this.#heard,\n    );\n  }\n\n  change(',
    replace:
      '      (answer) => (answer === null ? broker.ask((line) => line.submit(approved), () => null, this.#heard) : this.#heard(answer)),\n    );\n  }\n\n  change(',
  },
  {
    name: 'counts a fill as often as it is told of',
    file: engine('orders/order-life.ts'),
    find: 'return !order.fillIds.includes(news.fill.fillId);',
    replace: 'return true;',
  },
  {
    name: 'does not count a fill that comes after the cancellation',
    file: engine('orders/order-life.ts'),
    find: 'return !order.fillIds.includes(news.fill.fillId);',
    replace: 'return !order.fillIds.includes(news.fill.fillId) && !isTerminal(order);',
  },
  {
    name: 'forgets what was filled of an order that is cancelled',
    file: engine('orders/order-life.ts'),
    find: 'const missing = toldFilled === null || toldFilled > order.filledQuantity;',
    replace: 'toldFilled = order.filledQuantity;\n  const missing = false;',
  },
  {
    name: 'takes a fill for the end of its order',
    file: engine('orders/order-life.ts'),
    find: 'order.toldFilled ?? (filledQuantity >= quantity ? filledQuantity : null);',
    replace: 'filledQuantity;',
  },
  {
    name: 'lets late news revive an order that has ended',
    file: engine('orders/order-life.ts'),
    find: 'return !isTerminal(order) && saysSomething(order, news);',
    replace: 'return saysSomething(order, news);',
  },
  {
    name: 'believes the first look that does not find an order',
    file: engine('orders/look.ts'),
    find: 'absentAt !== null && (askedAt ?? at) - absentAt >= ABSENT_FOR_MS;',
    replace: '(askedAt ?? at) >= (absentAt ?? 0);',
  },
  {
    name: 'reads an unanswered book as an empty one',
    file: engine('runtime/order-desk.ts'),
    find: "const found = book === null ? 'unanswered' : (book.orders.find((order) => order.orderId === orderId) ?? 'absent');",
    replace: "const found = book?.orders.find((order) => order.orderId === orderId) ?? 'absent';",
  },
  {
    name: 'reads an unanswered question for positions as flat',
    file: engine('runtime/account-broker.ts'),
    find: '          then(null);\n          return;',
    replace: '          then(new Map());\n          return;',
  },
  {
    name: 'leaves with all of it again, whatever is under way',
    file: engine('sets/towards.ts'),
    find: 'const shortfall = Math.abs(missing) - sumOf(helping);',
    replace: 'const shortfall = Math.abs(missing);',
  },
  {
    name: 'leaves while its stop still rests at the exchange',
    file: engine('sets/towards.ts'),
    find: "if (!isBeyondReach(order) && end?.kind !== 'orderWithdrawn') blocked = true;",
    replace: '',
  },
  {
    name: 'leaves its stop at the exchange when it is out',
    file: engine('sets/after-order.ts'),
    find: '|| !orders.every(isSettled)) return null;',
    replace: ') return null;',
  },
  {
    name: 'acts before it has kept the decision',
    file: engine('runtime/mailbox.ts'),
    find: '    const kept = this.#journal.append(record);\n',
    replace: '    actor.carryOut(events);\n    const kept = this.#journal.append(record);\n    if (kept === undefined) return undefined;\n',
  },
  {
    name: 'lets a halted account enter',
    file: engine('risk/account-checks.ts'),
    find: 'halted === null ? null : {',
    replace: 'halted === null || halted !== null ? null : {',
  },
  {
    name: 'lets entries pass a switch that is on exits only',
    file: engine('risk/system-checks.ts'),
    find: "if (tradingSwitch === 'active' || byPerson) return null;",
    replace: "if (tradingSwitch !== 'halted' || byPerson) return null;",
  },
  {
    name: 'takes what was sent before a restart for not sent',
    file: engine('sets/recovering.ts'),
    find: "if (order.status === 'requested') return",
    replace: "if (order.status === 'requested' || order.status === 'submitted') return",
  },
  {
    name: 'hears nothing of its old orders after a restart',
    file: engine('runtime/recovery.ts'),
    find: 'for (const { request } of state.orders) orders.owners.expect(runner, request.orderId);',
    replace: 'void orders;',
  },
  {
    name: 'numbers its orders by the place of their set, wherever that stood before a restart',
    file: engine('runtime/recovery.ts'),
    find: '  numberFromJournal(floor.runners, numbers, floor.runId);\n',
    replace: '',
  },
  {
    name: 'has an exit wait by the clock for an order of its own account',
    file: engine('runtime/order-desk.ts'),
    find: 'if (isBehindOwn) this.#waitBehindOwn(runner, order);\n        else this.#answer(runner, order, answer);',
    replace: 'this.#answer(runner, order, answer);',
  },
  {
    name: 'uses the same order id for all slices',
    file: engine('sets/towards.ts'),
    find: '(lastOrder + 1 + index).toString(36)',
    replace: '(lastOrder + 1).toString(36)',
  },
  {
    name: 'begins to number its orders anew with every round trip',
    file: engine('sets/evolve-set.ts'),
    find: "  return {\n    phase: 'entering',\n    lastOrder,\n",
    replace: "  return {\n    phase: 'entering',\n    lastOrder: 0 * lastOrder,\n",
  },
  {
    name: 'forgets the charges',
    file: engine('runtime/account-postings.ts'),
    find: 'chargesPaise: event.chargesPaise };',
    replace: 'chargesPaise: 0 };',
  },
  {
    name: 'keeps the margin of a set that is closed',
    file: engine('runtime/account-postings.ts'),
    find: "    case 'setClosed':\n      return { kind: 'released', instance };",
    replace: "    case 'setClosed':\n      return null;",
  },
  {
    name: 'takes over a deal made by hand as often as it is told of',
    file: engine('runtime/account-desk.ts'),
    find: 'return this.#state.outsideFills[fillId] ?? 0;',
    replace: 'return 0 * (this.#state.outsideFills[fillId] ?? 0);',
  },
  {
    name: 'never tries an exit again that was refused',
    file: engine('sets/leaving.ts'),
    find: 'if (retryAt === null || at < retryAt) return NOTHING;\n  return confirming',
    replace: 'if (retryAt !== null || at < (retryAt ?? 0)) return NOTHING;\n  return confirming',
  },
  {
    name: 'does not mind that the broker holds something else',
    file: engine('risk/account-decider.ts'),
    find: 'if (ours - expected === (state.disputed[instrument] ?? 0)) return NOTHING;',
    replace: 'if (ours !== Number.NaN) return NOTHING;',
  },
  {
    name: 'does not see that a person made its order smaller',
    file: engine('orders/order-life.ts'),
    find: '    quantity,\n    price,\n    triggerPrice,\n    termsSince: Math.max(',
    replace: '    price,\n    triggerPrice,\n    termsSince: Math.max(',
  },
  {
    name: 'opens a second position while the first is being left',
    file: engine('sets/entering.ts'),
    find: "if (state.phase !== 'waiting') return [seen,",
    replace: "if (state.phase !== 'waiting' && state.phase !== 'exiting') return [seen,",
  },
];
