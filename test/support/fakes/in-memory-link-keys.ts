import type { LinkKeyRing, LinkKeys } from '../../../lambdas/shared/ports/link-keys.ts';
import { scriptedFaults } from './scripted-faults.ts';
import type { ScriptedFaults } from './scripted-faults.ts';

/** A ring in memory that a test can rotate: `ring` keeps what it knows until somebody asks for `freshRing`. */
export interface InMemoryLinkKeys extends LinkKeys, Pick<ScriptedFaults<'ring' | 'freshRing'>, 'failNext'> {
  /** Puts another ring into the secret; seen from the next `freshRing` on. */
  rotate(ring: LinkKeyRing): void;
}

export function inMemoryLinkKeys(first: LinkKeyRing): InMemoryLinkKeys {
  const faults = scriptedFaults<'ring' | 'freshRing'>();
  let inSecret = first;
  let known = first;
  return {
    async ring() {
      faults.strike('ring');
      return known;
    },
    async freshRing() {
      faults.strike('freshRing');
      known = inSecret;
      return known;
    },
    rotate(ring) {
      inSecret = ring;
    },
    failNext: faults.failNext,
  };
}
