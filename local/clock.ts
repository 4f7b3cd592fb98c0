/**
 * The one clock of a local run: real time plus what has been jumped over.
 *
 * A sample day of hours passes in seconds because time jumps to the next appointment whenever nobody is busy; while
 * anybody is, it passes as it always does. So what is measured during the day (how long after its end a task got its
 * link) is real work plus chosen waits, never the product of a speed factor.
 */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Runs `work` once, when the clock has come to `epochMs`; returns how to call the appointment off. */
  at(epochMs: number, work: () => void): () => void;
  /** Says that something is under way; time does not jump until the returned function is called (a second call does nothing). */
  busy(): () => void;
  /** Jumps `ms` ahead and runs what came due on the way, in order. */
  advance(ms: number): void;
  /** How far the clock is ahead of the machine's, in milliseconds. Function processes are told this at each invocation. */
  offsetMs(): number;
  /** Stops all appointments; the process may end. */
  stop(): void;
}

interface Appointment {
  readonly epochMs: number;
  readonly work: () => void;
}

/** The longest that Node's timers can wait; a later appointment is looked at again then. */
const LONGEST_TIMER_MS = 2_147_483_647;

/**
 * Makes the clock. With `jumps`, it starts at `startAt` and jumps when idle; without, it is the machine's own time.
 */
export function startClock(options: { readonly jumps: boolean; readonly startAtEpochMs?: number }): Clock {
  let offset = options.startAtEpochMs === undefined ? 0 : options.startAtEpochMs - Date.now();
  let busyCount = 0;
  let timer: NodeJS.Timeout | undefined;
  let idleCheck: NodeJS.Immediate | undefined;
  let stopped = false;
  const appointments: Appointment[] = [];

  const now = (): number => Date.now() + offset;

  const runDue = (): void => {
    for (let next = appointments[0]; next !== undefined && next.epochMs <= now(); next = appointments[0]) {
      appointments.shift();
      next.work();
    }
  };

  const jumpWhenIdle = (): void => {
    idleCheck = undefined;
    const next = appointments[0];
    if (!options.jumps || stopped || busyCount > 0 || next === undefined) return;
    offset += Math.max(0, next.epochMs - now());
    wake();
  };

  const plan = (): void => {
    clearTimeout(timer);
    if (idleCheck) clearImmediate(idleCheck);
    const next = appointments[0];
    if (next === undefined || stopped) return;
    timer = setTimeout(wake, Math.min(Math.max(0, next.epochMs - now()), LONGEST_TIMER_MS));
    if (options.jumps && busyCount === 0) idleCheck = setImmediate(() => (idleCheck = setImmediate(jumpWhenIdle)));
  };

  const wake = (): void => {
    runDue();
    plan();
  };

  return {
    now,
    offsetMs: () => offset,
    at(epochMs, work) {
      const appointment: Appointment = { epochMs, work };
      const place = appointments.findIndex((other) => other.epochMs > epochMs);
      appointments.splice(place === -1 ? appointments.length : place, 0, appointment);
      plan();
      return () => {
        const found = appointments.indexOf(appointment);
        if (found !== -1) appointments.splice(found, 1);
        plan();
      };
    },
    busy() {
      busyCount += 1;
      let released = false;
      return () => {
        if (released) return;
        released = true;
        busyCount -= 1;
        if (busyCount === 0) plan();
      };
    },
    advance(ms) {
      const until = now() + ms;
      for (let next = appointments[0]; next !== undefined && next.epochMs <= until; next = appointments[0]) {
        offset += Math.max(0, next.epochMs - now());
        runDue();
      }
      offset += Math.max(0, until - now());
      plan();
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
      if (idleCheck) clearImmediate(idleCheck);
      appointments.length = 0;
    },
  };
}
