import type { InstanceId } from '../primitives/ids.js';
import type { Price } from '../primitives/price.js';
import type { TrailingConfig } from '../sets/set-config.js';

/**
 * On a straight path a stop that follows closer than this many median candle ranges earns money out of nothing: the path goes from extreme to
 * extreme without ever turning back on its way, which no market does. Measured on random walks, see `benchmarks/random-walk`.
 */
const MEDIAN_RANGES_MIN = 2;

/** The middle of so many distances is known well enough. */
const DISTANCES_KEPT = 1_000;

/** A median is known well enough from so many candles; a longer run is looked at less often, evenly. */
const RANGES_KEPT = 4_096;

/** Compares a set's trailing distance with the candles that it was replayed on. */
export class TrailingCheck {
  readonly #ranges = new Map<InstanceId, Ranges>();
  readonly #distances = new Map<InstanceId, number[]>();

  /** The range of a candle in the price of what is held. */
  range(instance: InstanceId, range: number): void {
    let ranges = this.#ranges.get(instance);
    if (ranges === undefined) {
      ranges = new Ranges();
      this.#ranges.set(instance, ranges);
    }
    ranges.add(range);
  }

  /** A position was opened at a price: its stop will follow at about this distance. */
  opened(instance: InstanceId, { distance }: TrailingConfig, entryPrice: Price): void {
    const points = distance.kind === 'points' ? distance.points : distance.share * entryPrice;
    const distances = this.#distances.get(instance);
    if (distances === undefined) this.#distances.set(instance, [points]);
    else if (distances.length < DISTANCES_KEPT) distances.push(points);
  }

  /** Instances whose stops were too close, with words for the report. */
  warnings(): readonly { readonly instance: InstanceId; readonly message: string }[] {
    const found: { instance: InstanceId; message: string }[] = [];
    for (const [instance, ranges] of this.#ranges) {
      const distances = this.#distances.get(instance);
      if (distances === undefined) continue;
      const distance = medianOf(distances);
      const range = medianOf(ranges.kept);
      if (distance >= MEDIAN_RANGES_MIN * range) continue;
      found.push({
        instance,
        message:
          `The trailing stop of ${instance} follows ${distance.toFixed(2)} points behind in the middle case, closer than two median candle ranges ` +
          `(${(MEDIAN_RANGES_MIN * range).toFixed(2)} points of what it holds): on a straight path that earns money out of nothing. ` +
          'Use finer data (ticks), a larger distance, or simulation: { path: pessimistic }.',
      });
    }
    return found;
  }
}

/** Every so-many-eth of the ranges, half as often whenever there are too many. */
class Ranges {
  kept: number[] = [];
  #every = 1;
  #seen = 0;

  add(range: number): void {
    this.#seen += 1;
    if (this.#seen % this.#every !== 0) return;
    this.kept.push(range);
    if (this.kept.length < RANGES_KEPT) return;
    this.#every *= 2;
    this.kept = this.kept.filter((_, index) => index % 2 === 1);
  }
}

function medianOf(values: readonly number[]): number {
  const ascending = [...values].sort((one, other) => one - other);
  return ascending[Math.floor(ascending.length / 2)] ?? 0;
}
