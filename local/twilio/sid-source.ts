import { createHash } from 'node:crypto';

/** Where SIDs come from: the same seed and the same order of asking give the same SIDs. */
export interface SidSource {
  /** A new SID; each prefix is counted by itself, so one thing more of a kind does not rename the other kinds. */
  next(prefix: string): string;
  /** The SID of a thing that is known by its name, for example a queue; the same name, the same SID. */
  named(prefix: string, name: string): string;
}

export function seededSids(seed: number): SidSource {
  const counts = new Map<string, number>();
  const make = (prefix: string, from: string): string =>
    prefix + createHash('sha256').update(`${seed}/${prefix}/${from}`).digest('hex').slice(0, 32);

  return {
    named: (prefix, name) => make(prefix, `name/${name}`),
    next(prefix) {
      const count = (counts.get(prefix) ?? 0) + 1;
      counts.set(prefix, count);
      return make(prefix, String(count));
    },
  };
}
