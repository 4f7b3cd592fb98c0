import type { PlayedTask } from './day.ts';
import type { DayFindings } from './day-report.ts';
import { dayTruth } from './day-truth.ts';
import type { TaskTruth } from './day-truth.ts';
import type { DeliveryOrders } from './delivery-orders.ts';
import { checkCopy, checkPlayback } from './playback.ts';
import type { PlaybackCheck } from './playback.ts';
import type { SettledTally } from './settled-lines.ts';
import type { Unrest } from './to-rest.ts';
import { recordingOfOurLink } from '../../lambdas/shared/domain/link.ts';
import type { RecordingRecord } from '../../lambdas/shared/domain/recording-record.ts';
import type { RecordingSid } from '../../lambdas/shared/domain/sids.ts';
import type { LocalPipeline } from '../local-pipeline.ts';
import type { Operator } from '../operator.ts';

interface Examination {
  readonly pipeline: LocalPipeline;
  readonly operator: Operator;
  readonly played: readonly PlayedTask[];
  readonly tally: SettledTally;
  readonly orders: DeliveryOrders;
  readonly unrest: Unrest;
  readonly onStep: (done: number, of: number) => void;
}

/** Looks at everything the day left behind: Twilio's history, the ledger, the archive, the queues; and plays every link. */
export async function examineDay(examination: Examination): Promise<DayFindings> {
  const { pipeline, operator, played, tally, orders, unrest } = examination;
  const { twilio, cloud, aws } = pipeline;
  operator.setClock();
  const tasks = dayTruth(twilio, played, cloud.publicUrl);
  const completed = twilio.voice.recordings().filter(({ status }) => status === 'completed');
  const recordings = new Map<RecordingSid, RecordingRecord | undefined>();
  for (const { recordingSid } of completed) recordings.set(recordingSid, await operator.ledger.readRecording(recordingSid));
  const { copies, playback } = await compareSound(examination, tasks, recordings);
  const depth = (name: string): number => Object.values(aws.sqs.depth(cloud.queue(name).arn)).reduce((sum, count) => sum + count, 0);
  const deadLetterQueues = cloud.queues.map(({ name }) => name).filter((name) => name.includes('dead-letter'));
  return {
    tasks,
    recordings,
    copies,
    playback,
    settled: tally.counts(),
    deliveries: twilio.deliveryCounts(),
    deadLetters: Object.fromEntries(deadLetterQueues.map((name) => [name, depth(name)])),
    quarantined: depth('quarantine'),
    unrest,
    openOrders: orders.open(),
  };
}

async function compareSound(
  { pipeline: { twilio, cloud }, operator, onStep }: Examination,
  tasks: readonly TaskTruth[],
  recordings: ReadonlyMap<RecordingSid, RecordingRecord | undefined>,
): Promise<{ readonly copies: ReadonlyMap<RecordingSid, PlaybackCheck>; readonly playback: ReadonlyMap<string, PlaybackCheck> }> {
  const links = [...new Set(tasks.flatMap(({ link }) => link ?? []))];
  const keys = [...recordings].flatMap(([sid, record]) => (record?.archive.state === 'verified' ? [{ sid, key: record.archive.audio.key }] : []));
  const copies = new Map<RecordingSid, PlaybackCheck>();
  const playback = new Map<string, PlaybackCheck>();
  const step = (): void => onStep(copies.size + playback.size, keys.length + links.length);
  for (const { sid, key } of keys) {
    copies.set(sid, await checkCopy(operator.s3, cloud.archiveBucket, key, sid, twilio.media.served));
    step();
  }
  for (const link of links) {
    const sid = recordingOfOurLink(cloud.publicUrl, link);
    playback.set(link, sid === undefined ? { kind: 'different', why: 'the link names no recording' } : await checkPlayback(link, sid, twilio.media.served));
    step();
  }
  return { copies, playback };
}
