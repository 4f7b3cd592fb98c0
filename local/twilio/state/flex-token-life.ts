import { randomBytes } from 'node:crypto';
import type { WorkerSid } from '../../../lambdas/shared/domain/sids.ts';
import type { Clock } from '../../clock.ts';

export interface NewFlexToken {
  /** As Flex makes it of the user's name: `ada_40example_2Ecom`. */
  readonly identity: string;
  readonly roles: readonly string[];
  /** Absent for a user who never was a worker. */
  readonly workerSid?: WorkerSid;
  /** An hour unless given. */
  readonly ttlSeconds?: number;
  /** How long the token is; 2,000 characters unless given. */
  readonly characters?: number;
}

export interface MintedFlexToken extends NewFlexToken {
  readonly expiresAtMs: number;
}

/** The Flex sessions of the account. */
export interface FlexTokenLife {
  /** A token as Flex has one for whoever is logged in: five parts like a JWE's, of which nobody can read anything. */
  mint(input: NewFlexToken): string;
  /** The user logs out. */
  end(token: string): void;
  /** Undefined for a token that is none, is over, or was ended. */
  valid(token: string): MintedFlexToken | undefined;
}

const HEADER = Buffer.from('{"alg":"dir","enc":"A256GCM","cty":"twilio-fpa;v=1"}').toString('base64url');
const DEFAULT_CHARACTERS = 2_000;

export function flexTokenLife(clock: Pick<Clock, 'now'>): FlexTokenLife {
  const minted = new Map<string, MintedFlexToken>();
  return {
    mint(input) {
      const { ttlSeconds = 3_600, characters = DEFAULT_CHARACTERS } = input;
      const token = tokenOf(characters);
      minted.set(token, { ...input, expiresAtMs: clock.now() + ttlSeconds * 1000 });
      return token;
    },
    end: (token) => void minted.delete(token),
    valid(token) {
      const found = minted.get(token);
      return found !== undefined && clock.now() < found.expiresAtMs ? found : undefined;
    },
  };
}

/** `header..iv.ciphertext.tag`; no chance of the simulator's own is spent, so that a token more renames nothing. */
function tokenOf(characters: number): string {
  const [iv, tag] = [randomBytes(12).toString('base64url'), randomBytes(16).toString('base64url')];
  const others = HEADER.length + iv.length + tag.length + 4;
  const ciphertext = randomBytes(Math.max(24, characters - others)).toString('base64url');
  return [HEADER, '', iv, ciphertext.slice(0, Math.max(24, characters - others)), tag].join('.');
}
