import type { Fact } from './facts.ts';
import { seriesOf } from './facts.ts';

/** Greater than any number of facts, so that it has no divisor in common with the number of their orders. */
const stride = 1_000_003;

/**
 * Orders in which the facts may come: all of them while there are at most `most`, else that many, no two the same, spread
 * over all. What one of our own functions does after another keeps its order.
 */
export function* ordersOf(facts: readonly Fact[], most: number): Generator<readonly Fact[]> {
  const count = factorial(facts.length);
  for (let n = 0; n < Math.min(count, most); n += 1) yield inTheirOrder(permutation(facts, (n * stride) % count));
}

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1);
}

/** The permutation of that number, counted in the factorial number system; 0 is the order as it is. */
export function permutation(facts: readonly Fact[], number: number): readonly Fact[] {
  const left = [...facts];
  const order: Fact[] = [];
  for (let rest = number, size = left.length; size > 0; size -= 1) {
    const below = factorial(size - 1);
    order.push(...left.splice(Math.floor(rest / below) % size, 1));
    rest %= below;
  }
  return order;
}

/** Keeps the places, and puts into them, series by series, what follows each other by nature. */
export function inTheirOrder(facts: readonly Fact[]): readonly Fact[] {
  const waiting = new Map<string, Fact[]>();
  for (const fact of [...facts].sort((a, b) => a.at - b.at)) {
    const series = seriesOf(fact);
    if (series !== undefined) waiting.set(series, [...(waiting.get(series) ?? []), fact]);
  }
  return facts.map((fact) => waiting.get(seriesOf(fact) ?? '')?.shift() ?? fact);
}

/** Every delivery of the facts in which one of them comes twice: a message at any later place, our own doing at once. */
export function* withOneRepeat(facts: readonly Fact[]): Generator<readonly Fact[]> {
  for (const [place, fact] of facts.entries()) {
    const last = seriesOf(fact) === undefined ? facts.length : place + 1;
    for (let again = place + 1; again <= last; again += 1)
      yield [...facts.slice(0, again), fact, ...facts.slice(again)];
  }
}

/** Every delivery of which some facts are lost, all but the whole: 2ⁿ − 1 of them. */
export function* withLosses(facts: readonly Fact[]): Generator<readonly Fact[]> {
  const count = 2 ** facts.length - 1;
  for (let kept = 0; kept < count; kept += 1) yield facts.filter((_, place) => (kept & (1 << place)) !== 0);
}
