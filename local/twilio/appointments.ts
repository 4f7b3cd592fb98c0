import type { Clock } from '../clock.ts';

/** The simulator's own appointments with the clock, so that stopping it leaves none behind. */
export interface Appointments {
  /** Runs `work` once, `ms` from now by the clock. */
  after(ms: number, work: () => void): void;
  /** How many are still to come. */
  waiting(): number;
  callOff(): void;
}

export function appointmentsWith(clock: Clock): Appointments {
  const cancels = new Set<() => void>();
  return {
    after(ms, work) {
      const cancel = clock.at(clock.now() + ms, () => {
        cancels.delete(cancel);
        work();
      });
      cancels.add(cancel);
    },
    waiting: () => cancels.size,
    callOff() {
      for (const cancel of cancels) cancel();
      cancels.clear();
    },
  };
}
