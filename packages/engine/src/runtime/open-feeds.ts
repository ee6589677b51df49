import { isAbsolute, resolve } from 'node:path';

import type { AccountConfig, PluginUse } from '../config/run-config.js';
import type { Feed, FeedContext } from '../plugins/feed.js';
import type { Registry } from '../plugins/registry.js';
import { EngineError } from '../primitives/errors.js';
import { ProblemsError } from '../primitives/problem.js';
import { brokerOf } from './connect-broker.js';

/** The name under which a feed takes the prices of an account's broker. */
export const BROKER_FEED = 'broker';

/** What feeds are opened with. */
export interface FeedPlaces extends FeedContext {
  readonly registry: Registry;
  /** Whose brokers can bring prices, too. */
  readonly accounts: readonly Pick<AccountConfig, 'id' | 'broker'>[];
}

/**
 * Opens the feeds of a configuration.
 *
 * @throws EngineError, ProblemsError for a feed that is not known, or whose configuration is wrong.
 */
export async function openFeeds(uses: readonly PluginUse[], places: FeedPlaces): Promise<readonly Feed[]> {
  const feeds: Feed[] = [];
  for (const [index, use] of uses.entries()) {
    feeds.push(use.use === BROKER_FEED ? await openBrokerFeed(use, index, places) : openFeed(use, index, places));
  }
  return feeds;
}

function openFeed({ use, config }: PluginUse, index: number, { registry, baseDir, ...context }: FeedPlaces): Feed {
  const definition = registry.feeds.get(use);
  if (definition === undefined) {
    throw new EngineError('config/feed-unknown', {
      message: `feeds[${index}] uses "${use}", which no plug-in brings.`,
      remedy: `Use one of: ${[...registry.feeds.keys(), BROKER_FEED].join(', ')}.`,
      context: { use },
    });
  }
  const parsed = definition.config.safeParse(config);
  if (!parsed.success) {
    throw new ProblemsError(
      'config/feed-invalid',
      `feeds[${index}] is wrong`,
      parsed.error.issues.map(({ path, message }) => ({
        path: `feeds[${index}].${path.map(String).join('.')}`,
        found: undefined,
        message,
        remedy: 'See docs/guides/data.md.',
        severity: 'error',
      })),
    );
  }
  return definition.open(parsed.data, { ...context, baseDir: isAbsolute(baseDir) ? baseDir : resolve(baseDir) });
}

/** The prices of an account's broker: its orders may go there, too, or elsewhere. */
async function openBrokerFeed({ config }: PluginUse, index: number, { registry, accounts, ...context }: FeedPlaces): Promise<Feed> {
  const named = typeof config === 'object' && config !== null && 'account' in config ? config.account : undefined;
  const account = accounts.find(({ id }) => id === named);
  if (account === undefined) {
    throw new EngineError('config/feed-account-unknown', {
      message: `feeds[${index}] takes the prices of the broker of account "${String(named)}", which there is not.`,
      remedy: `Write account: and one of: ${accounts.map(({ id }) => id).join(', ')}.`,
      context: { account: String(named) },
    });
  }
  const definition = brokerOf(account, registry);
  if (definition.feed === undefined) {
    throw new EngineError('config/broker-without-feed', {
      message: `feeds[${index}] takes the prices of the broker "${definition.name}", which brings none.`,
      remedy: 'Name another feed.',
      context: { broker: definition.name },
    });
  }
  return definition.feed(account.broker.config, context);
}
