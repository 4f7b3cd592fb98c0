import type { Clock } from '../../../local/clock.ts';

/** A clock that stands still until `advance` moves it; so the same test reads the same times every time. */
export function handClock(startAtEpochMs: number): Clock {
  let nowMs = startAtEpochMs;
  const appointments: { readonly epochMs: number; readonly work: () => void }[] = [];
  return {
    now: () => nowMs,
    offsetMs: () => 0,
    busy: () => () => undefined,
    at(epochMs, work) {
      const appointment = { epochMs, work };
      const place = appointments.findIndex((other) => other.epochMs > epochMs);
      appointments.splice(place === -1 ? appointments.length : place, 0, appointment);
      return () => {
        const found = appointments.indexOf(appointment);
        if (found !== -1) appointments.splice(found, 1);
      };
    },
    advance(ms) {
      const untilMs = nowMs + ms;
      for (let next = appointments[0]; next !== undefined && next.epochMs <= untilMs; next = appointments[0]) {
        appointments.shift();
        nowMs = Math.max(nowMs, next.epochMs);
        next.work();
      }
      nowMs = untilMs;
    },
    stop: () => void (appointments.length = 0),
  };
}
