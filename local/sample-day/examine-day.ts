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
import type { RecordingSid, TaskSid } from '../../lambdas/shared/domain/sids.ts';
import type { LocalPipeline } from '../local-pipeline.ts';
import type { Operator } from '../operator.ts';
import type { PolicyOverlay } from '../policy-overlay.ts';

/** Messages by the name of their queue. */
type PutAside = Readonly<Record<string, number>>;

interface Examination {
  readonly pipeline: LocalPipeline;
  readonly operator: Operator;
  readonly played: readonly PlayedTask[];
  readonly tally: SettledTally;
  readonly orders: DeliveryOrders;
  readonly unrest: Unrest;
  /** What `putAside` gave before the day. */
  readonly before: PutAside;
  /** What the run's policy owes; everything unless it says otherwise. */
  readonly policy: Pick<PolicyOverlay, 'owesLinks' | 'owesAttributes'>;
  readonly onStep: (done: number, of: number) => void;
}

/** Looks at everything the day left behind: Twilio's history, the ledger, the archive, the queues; and plays every link. */
export async function examineDay(examination: Examination): Promise<DayFindings> {
  const { pipeline, operator, played, tally, orders, unrest, policy } = examination;
  const { twilio, cloud } = pipeline;
  operator.setClock();
  const truth = dayTruth(twilio, played, cloud.publicUrl);
  const tasks = policy.owesAttributes ? truth : truth.map((task) => ({ ...task, promises: 0, brokenPromises: [] }));
  const completed = twilio.voice.recordings().filter(({ status }) => status === 'completed');
  const recordings = new Map<RecordingSid, RecordingRecord | undefined>();
  for (const { recordingSid } of completed)
    recordings.set(recordingSid, await operator.ledger.readRecording(recordingSid));
  const { copies, playback } = await compareSound(examination, tasks, recordings);
  const now = putAside(pipeline);
  const since = (name: string): number => (now[name] ?? 0) - (examination.before[name] ?? 0);
  return {
    tasks,
    recordings,
    copies,
    playback,
    settled: tally.counts(),
    deliveries: twilio.deliveryCounts(),
    deadLetters: Object.fromEntries(
      Object.keys(now)
        .filter((name) => name !== 'quarantine')
        .map((name) => [name, since(name)]),
    ),
    quarantined: since('quarantine'),
    excused: await excusedFrom(examination, tasks),
    unrest,
    openOrders: orders.open(),
  };
}

/** How many messages lie in quarantine and in each dead-letter queue. */
export function putAside({ cloud, aws }: Pick<LocalPipeline, 'cloud' | 'aws'>): PutAside {
  const queues = cloud.queues.filter(({ name }) => name === 'quarantine' || name.includes('dead-letter'));
  return Object.fromEntries(
    queues.map(({ name, arn }) => {
      const { visible, inFlight, delayed } = aws.sqs.depth(arn);
      return [name, visible + inFlight + delayed];
    }),
  );
}

async function excusedFrom(
  { operator, policy }: Examination,
  tasks: readonly TaskTruth[],
): Promise<ReadonlySet<TaskSid>> {
  const excused = new Set<TaskSid>();
  for (const { taskSid, link } of tasks) {
    if (link !== undefined) continue;
    const isKept = (await operator.ledger.readTask(taskSid))?.link.state === 'kept';
    if (isKept || !policy.owesLinks) excused.add(taskSid);
  }
  return excused;
}

async function compareSound(
  { pipeline: { twilio, cloud }, operator, onStep }: Examination,
  tasks: readonly TaskTruth[],
  recordings: ReadonlyMap<RecordingSid, RecordingRecord | undefined>,
): Promise<{
  readonly copies: ReadonlyMap<RecordingSid, PlaybackCheck>;
  readonly playback: ReadonlyMap<string, PlaybackCheck>;
}> {
  const links = [...new Set(tasks.flatMap(({ link }) => link ?? []))];
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
    const sid = recordingOfOurLink(cloud.publicUrl, link);
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
