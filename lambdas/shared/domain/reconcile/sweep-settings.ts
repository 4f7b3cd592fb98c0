import type { TaskQueueSid } from '../sids.ts';

/** How Twilio's recordings are compared with ours. */
export interface SweepSettings {
  /** How far the first run of a stage looks back. */
  readonly lookBackHours: number;
  /** A recording is left to the events and callbacks for so long after it was made. */
  readonly settleMinutes: number;
  /** Of how many tasks in a hundred, that an agent accepted, there must be a recording, by queue. */
  readonly recordedQueues: Readonly<Record<TaskQueueSid, number>>;
}
