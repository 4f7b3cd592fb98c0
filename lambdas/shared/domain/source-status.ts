import type { SourceStatus } from './recording-record.ts';

/**
 * How far along a status is; a later fact with less progress is old news. `completed` may follow `failed` or `absent`
 * (they are then corrected); nothing follows `deleted`.
 */
export function progressOf(status: SourceStatus): number {
  switch (status) {
    case 'unknown':
      return 0;
    case 'in-progress':
    case 'paused':
      return 1;
    case 'stopped':
    case 'processing':
      return 2;
    case 'absent':
    case 'failed':
      return 3;
    case 'completed':
      return 4;
    case 'deleted':
      return 5;
  }
}

/** True when Twilio will not change the recording any more. */
export function isFinal(status: SourceStatus): boolean {
  return progressOf(status) >= 3;
}

/** True when there is no sound and never will be. */
export function isEmpty(status: SourceStatus): boolean {
  return status === 'absent' || status === 'failed';
}
