import type { Registry } from '../plugins/registry.js';
import { errorAt, type Finding, warningAt } from './finding.js';
import { fieldOf, itemsOf, type PathStep } from './plain-value.js';
import { brokerNameOf } from './written-account.js';

/** What is real about a run, and what only looks so: real money needs a journal to go on from, and paper is not to be taken for it. */
export function checkLive(raw: unknown, accounts: readonly unknown[], { brokers }: Pick<Registry, 'brokers'>): readonly Finding[] {
  const mode = fieldOf(raw, 'mode');
  if (mode === 'live') return checkLiveRun(raw, accounts, brokers);
  if (mode !== 'paper' && mode !== 'backtest') return [];
  const feeds = itemsOf(fieldOf(raw, 'feeds'));
  return accounts.flatMap((account, index) => {
    const path = ['accounts', index];
    return [
      ...checkAccount(account, path, mode),
      ...(mode === 'paper' && brokers.has(brokerNameOf(account)) ? checkBroker(account, path, feeds) : []),
    ];
  });
}

function checkLiveRun(raw: unknown, accounts: readonly unknown[], brokers: Registry['brokers']): readonly Finding[] {
  const findings: Finding[] = [];
  for (const [index, account] of accounts.entries()) {
    const use = brokerNameOf(account);
    if (fieldOf(account, 'live') !== true || (use !== 'paper' && brokers.get(use)?.simulated !== true)) continue;
    findings.push(
      errorAt(
        ['accounts', index, 'live'],
        `The account is live, and its broker "${use}" is the engine's own exchange: nothing of it would be.`,
        'Write the broker that its orders go to, or remove live.',
      ),
    );
  }
  if (!accounts.some((account) => fieldOf(account, 'live') === true)) {
    findings.push(
      warningAt(
        ['mode'],
        'The run is live, and no account is: all of them stay on paper.',
        'Write live: true at an account, or mode: paper.',
      ),
    );
  }
  if (fieldOf(fieldOf(raw, 'store'), 'journal') === undefined) {
    findings.push(
      errorAt(
        ['store', 'journal'],
        'A live run has no journal: after a crash nobody would know what it had sent.',
        'Write a file, for instance journal: ./sauda.journal.db.',
      ),
    );
  }
  return findings;
}

function checkAccount(account: unknown, path: readonly PathStep[], mode: string): readonly Finding[] {
  if (fieldOf(account, 'live') !== true) return [];
  return [
    warningAt(
      [...path, 'live'],
      `The account is live, and the run is not: in mode ${mode} it trades on paper.`,
      'Write mode: live to trade with it, or remove live.',
    ),
  ];
}

/** A backtest takes a broker's charges, and a feed may take its prices; on paper a broker of which neither is wanted was meant to get orders. */
function checkBroker(account: unknown, path: readonly PathStep[], feeds: readonly unknown[]): readonly Finding[] {
  const use = brokerNameOf(account);
  const bringsPrices = feeds.some((feed) => fieldOf(feed, 'use') === 'broker' && fieldOf(feed, 'account') === fieldOf(account, 'id'));
  if (use === 'paper' || fieldOf(account, 'live') === true || bringsPrices) return [];
  return [
    warningAt(
      [...path, 'broker', 'use'],
      `No order goes to "${use}": in mode paper the engine's own exchange fills them, with that broker's charges.`,
      'Write mode: live, and live: true at the account, for orders to go there; or broker: { use: paper }.',
    ),
  ];
}
