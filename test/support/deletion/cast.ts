import { sids } from '../example-sids.ts';

/** When every story begins. */
export const beganAt = new Date('2026-03-02T10:00:00Z');

export const hour = 3600;
export const day = 24 * hour;

export function moment(seconds: number): Date {
  return new Date(beganAt.getTime() + seconds * 1000);
}

/** Who plays in every story, by Twilio's names. */
export const cast = {
  account: sids.account(),
  workspace: sids.workspace(),
  queue: sids.queue(),
  recording: (n: number) => sids.recording(n),
  task: (n: number) => sids.task(n),
  reservation: (n: number) => sids.reservation(n),
  agent: (n: number) => sids.worker(n),
  transfer: (n: number) => sids.transfer(n),
  conference: sids.conference(),
  customerCall: sids.call(1),
  /** The call of agent 1 is CA…b, of agent 2 CA…c. */
  agentCall: (n: number) => sids.call(10 + n),
};
