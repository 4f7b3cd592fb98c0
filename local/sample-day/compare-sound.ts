import { recordingOfOurLink } from '../../lambdas/shared/domain/link.ts';
import type { RecordingRecord } from '../../lambdas/shared/domain/recording-record.ts';
import type { RecordingSid } from '../../lambdas/shared/domain/sids.ts';
import type { LocalPipeline } from '../local-pipeline.ts';
import type { Operator } from '../operator.ts';
import type { TaskTruth } from './day-truth.ts';
import { checkCopy, checkPlayback } from './playback.ts';
import type { PlaybackCheck } from './playback.ts';

interface Comparing {
  readonly pipeline: Pick<LocalPipeline, 'twilio' | 'cloud'>;
  readonly operator: Pick<Operator, 's3'>;
  readonly onStep: (done: number, of: number) => void;
}

/** Compares every proved copy, and what every link of a task plays, with what Twilio served. */
export async function compareSound(
  { pipeline: { twilio, cloud }, operator, onStep }: Comparing,
  tasks: readonly TaskTruth[],
  recordings: ReadonlyMap<RecordingSid, RecordingRecord | undefined>,
): Promise<{
  readonly copies: ReadonlyMap<RecordingSid, PlaybackCheck>;
  readonly playback: ReadonlyMap<string, PlaybackCheck>;
}> {
  const recordingOf = (link: string): RecordingSid | undefined => recordingOfOurLink(cloud.publicUrl, link);
  const links = [...new Set(tasks.flatMap(({ link }) => link ?? []))].filter(
    (link) => !isCiphertext(recordingOf(link), recordings),
  );
  const keys = [...recordings].flatMap(([sid, record]) =>
    record?.archive.state === 'verified' ? [{ sid, key: record.archive.audio.key }] : [],
  );
  const copies = new Map<RecordingSid, PlaybackCheck>();
  const playback = new Map<string, PlaybackCheck>();
  const step = (): void => onStep(copies.size + playback.size, keys.length + links.length);
  for (const { sid, key } of keys) {
    copies.set(sid, await checkCopy(operator.s3, cloud.archiveBucket, key, sid, twilio.media.served));
    step();
  }
  for (const link of links) {
    const sid = recordingOf(link);
    playback.set(
      link,
      sid === undefined
        ? { kind: 'different', why: 'the link names no recording' }
        : await checkPlayback(link, sid, twilio.media.served),
    );
    step();
  }
  return { copies, playback };
}

/** Kept as Twilio encrypted it, for whoever has the key: its link plays nothing. */
function isCiphertext(
  sid: RecordingSid | undefined,
  recordings: ReadonlyMap<RecordingSid, RecordingRecord | undefined>,
): boolean {
  const archive = sid === undefined ? undefined : recordings.get(sid)?.archive;
  return archive?.state === 'verified' && archive.audio.encryption !== undefined;
}
