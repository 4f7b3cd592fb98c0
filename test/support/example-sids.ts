import {
  accountSid,
  callSid,
  conferenceSid,
  conversationSid,
  recordingSid,
  reservationSid,
  taskQueueSid,
  taskSid,
  transferSid,
  workerSid,
  workspaceSid,
} from '../../lambdas/shared/domain/sids.ts';

/** SIDs that tests speak of: `sids.task(3)` is WT followed by 31 zeros and a 3. */
const digits = (n: number): string => n.toString(16).padStart(32, '0');

export const sids = {
  account: (n = 1) => accountSid(`AC${digits(n)}`),
  workspace: (n = 1) => workspaceSid(`WS${digits(n)}`),
  task: (n = 1) => taskSid(`WT${digits(n)}`),
  reservation: (n = 1) => reservationSid(`WR${digits(n)}`),
  worker: (n = 1) => workerSid(`WK${digits(n)}`),
  queue: (n = 1) => taskQueueSid(`WQ${digits(n)}`),
  recording: (n = 1) => recordingSid(`RE${digits(n)}`),
  call: (n = 1) => callSid(`CA${digits(n)}`),
  conference: (n = 1) => conferenceSid(`CF${digits(n)}`),
  conversation: (n = 1) => conversationSid(`CH${digits(n)}`),
  transfer: (n = 1) => transferSid(`TT${digits(n)}`),
  event: (n = 1) => `EV${digits(n)}`,
};
