/** Thrown inside a function that was killed: nothing after it happens, not even its own clean-up. */
class KilledError extends Error {
  override readonly name = 'KilledError';
}

/** Where to kill: at the effect with this number (from 0), before it happens or after it has. */
export interface KillAt {
  readonly effect: number;
  readonly when: 'before' | 'after';
}

/** Counts the effects of a run and kills the process that is at work at one of them, once. */
export interface Killer {
  /** Makes the method an effect; every effect of a dead process fails. */
  effect<Args extends readonly unknown[], Result>(
    name: string,
    method: (...args: Args) => Promise<Result>,
  ): (...args: Args) => Promise<Result>;
  /** A new process takes the next message. */
  revive(): void;
  /** The names of all effects so far, in order. */
  readonly effects: readonly string[];
  /** Of each effect, which function's it was. */
  readonly doers: readonly string[];
  readonly hasKilled: boolean;
}

/** `atWork` says which function is at work now, where there are several. */
export function startKiller(killAt: KillAt | undefined, atWork: () => string = () => 'the only one'): Killer {
  const effects: string[] = [];
  const doers: string[] = [];
  let isDead = false;
  let hasKilled = false;
  const kill = (): never => {
    isDead = true;
    hasKilled = true;
    throw new KilledError('the process was killed');
  };
  return {
    effect:
      (name, method) =>
      async (...args) => {
        if (isDead) throw new KilledError('the process is dead');
        const number = effects.push(name) - 1;
        doers.push(atWork());
        const isHere = killAt?.effect === number;
        if (isHere && killAt.when === 'before') kill();
        const result = await method(...args);
        if (isHere && killAt.when === 'after') kill();
        return result;
      },
    revive: () => void (isDead = false),
    effects,
    doers,
    get hasKilled() {
      return hasKilled;
    },
  };
}
