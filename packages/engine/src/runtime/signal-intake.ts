import { defer, type Subscription } from 'rxjs';

import type { Registry } from '../plugins/registry.js';
import type { Market } from '../plugins/strategy.js';
import { EngineError } from '../primitives/errors.js';
import type { EpochMs } from '../primitives/time.js';
import type { SetInput } from '../sets/set-input.js';
import type { Signal } from '../sets/signal.js';
import type { DayTimers } from './day-timers.js';
import type { RunClock } from './run-clock.js';
import { nextMultiple, type Post, type SetRunner } from './set-runner.js';

/** What an intake works with. */
export interface SignalIntakeParts {
  readonly registry: Registry;
  readonly market: Market;
  readonly clock: RunClock;
  readonly tradeFrom: EpochMs;
  readonly post: Post;
  readonly timers: DayTimers;
  /** Why a set's account enters nothing at present; `null` where it does. */
  readonly barredBy: (runner: SetRunner) => { readonly code: string; readonly reason: string } | null;
}

/**
 * Brings a strategy's signals to a set instance, once its chart has had the candles it asked to be warmed up with. A strategy that fails stops
 * its own set, with the reason in the journal, and nobody else's.
 */
export function signalsInto(
  runner: SetRunner,
  { registry, market, clock, tradeFrom, post, timers, barredBy }: SignalIntakeParts,
): readonly Subscription[] {
  const { config, underlying } = runner.instance;
  const strategy = registry.strategies.get(config.strategy.use);
  if (strategy === undefined) {
    throw new EngineError('config/strategy-unknown', {
      message: `Set "${config.id}" uses the strategy "${config.strategy.use}", which no plug-in brings.`,
      remedy: `Use one of: ${[...registry.strategies.keys()].join(', ')}.`,
      context: { set: config.id, strategy: config.strategy.use },
    });
  }
  const params: unknown = config.strategy.params;
  const warmup = config.warmup ?? strategy.warmup({ params });
  let candles = 0;
  // Before the strategy, so that the candle that it speaks about is counted already.
  const counting = market.candles(underlying, config.chart).subscribe(() => {
    candles += 1;
  });
  const signals$ = defer(() => strategy.signals({ market, params, set: { id: config.id, underlying, chart: config.chart } }));
  const listening = signals$.subscribe({
    next: (signal) => {
      if (candles >= warmup && signal.at >= tradeFrom) take(signal);
    },
    error: (error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      post(runner, { kind: 'halt', by: `strategy ${strategy.name}`, reason, at: clock.now });
    },
  });
  return [counting, listening];

  function inputOf(signal: Signal, at: EpochMs): SetInput {
    return { kind: 'signal', signal, squareOffAt: runner.squareOffAt, barred: barredBy(runner), at };
  }

  /** A set that looks for entries every so often takes a signal up at its next look. */
  function take(signal: Signal): void {
    const every = config.checks.entryEveryMs;
    const { now } = clock;
    const wait = every === null ? 0 : nextMultiple(now - 1, every) - now;
    if (wait === 0) post(runner, inputOf(signal, now));
    else timers.at(now + wait, runner, (at) => inputOf(signal, at));
  }
}
