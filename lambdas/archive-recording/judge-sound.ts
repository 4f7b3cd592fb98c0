import { RetryableError } from '../shared/domain/outcome.ts';
import type { RecordingRecord } from '../shared/domain/recording-record.ts';
import type { WavFacts } from '../shared/domain/wav.ts';

/** Twilio rounds the duration to whole seconds. */
const durationToleranceSeconds = 1;

/** In what the sound falls short of the Recording resource, if it does. */
export interface Disagreement {
  readonly what: 'channels' | 'duration';
  readonly why: string;
}

/** What the sound lacks of what the Recording resource says; more channels than it says are no loss. */
export function disagreement(
  wav: Pick<WavFacts, 'channels' | 'durationSeconds'>,
  { source }: RecordingRecord,
): Disagreement | undefined {
  if (source.channels !== undefined && wav.channels < source.channels)
    return {
      what: 'channels',
      why: `it has ${wav.channels} channel(s), the Recording resource says ${source.channels}`,
    };
  if (
    source.durationSeconds === undefined ||
    Math.abs(wav.durationSeconds - source.durationSeconds) <= durationToleranceSeconds
  )
    return undefined;
  return {
    what: 'duration',
    why: `it lasts ${wav.durationSeconds.toFixed(1)} s, the Recording resource says ${source.durationSeconds} s`,
  };
}

/** What was served is not the recording, and may be with the next try. */
export function unfit(recording: RecordingRecord, why: string, cause?: unknown): RetryableError {
  return new RetryableError(`the media of ${recording.recordingSid} is not archived: ${why}`, {
    reason: 'media-unfit',
    ...(cause !== undefined && { cause }),
  });
}
