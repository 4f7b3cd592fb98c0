import { createHash } from 'node:crypto';
import { GetObjectCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import type { RecordingSid, TaskSid } from '../../../lambdas/shared/domain/sids.ts';
import type { PipelineRun } from './pipeline-run.ts';
import type { RecordedCall } from './recorded-call.ts';

/** Flex Insights stops looking at a task so long after its end. */
const insightsLooksMs = 120_000;

export interface ArchiveOutcome {
  /** As the ledger has it. */
  readonly state: string;
  /** The SHA-256 of what lies in the archive is that of what Twilio recorded. */
  readonly sameBytes: boolean;
  /** Versions of the sound; a second one would mean that something was overwritten. */
  readonly versions: number;
  readonly sidecar: boolean;
}

/** What became of a recording, by the bucket and the ledger. */
export async function archiveOutcome(run: PipelineRun, recordingSid: RecordingSid): Promise<ArchiveOutcome> {
  const { aws, cloud, operator, twilio } = run;
  const keys = aws.s3.objects(cloud.archiveBucket).map(({ key }) => key);
  const key = keys.find((one) => one.endsWith(`${recordingSid}.wav`));
  operator.setClock();
  const recording = await operator.ledger.readRecording(recordingSid);
  const state = recording?.archive.state ?? 'unknown to the ledger';
  if (key === undefined) return { state, sameBytes: false, versions: 0, sidecar: false };
  const listed = await operator.s3.send(new ListObjectVersionsCommand({ Bucket: cloud.archiveBucket, Prefix: key }));
  return {
    state,
    sameBytes: (await sha256At(run, key)) === (await twilio.media.sha256(recordingSid, channelsOf(run, recordingSid))),
    versions: listed.Versions?.length ?? 0,
    sidecar: keys.includes(key.replace(/wav$/, 'json')),
  };
}

export interface LinkOutcome {
  /** The playback link, as it was on the task 120 s after its end; what came later counts for nothing. */
  readonly inTime: boolean;
  /** By the ledger's own last look. */
  readonly seenInTime: boolean;
  readonly link: string | undefined;
}

/** What became of a task's link, by Twilio's own history of its attributes and by the ledger. */
export async function linkOutcome(
  run: PipelineRun,
  { taskSid, recordingSid }: { readonly taskSid: TaskSid; readonly recordingSid: RecordingSid },
): Promise<LinkOutcome> {
  const task = run.twilio.taskRouter.task(taskSid);
  const closesAt = (task?.endedAt?.getTime() ?? 0) + insightsLooksMs;
  const lastLooked = task?.history.findLast(({ at }) => at.getTime() <= closesAt)?.attributes ?? '{}';
  const link: unknown = JSON.parse(lastLooked).conversations?.segment_link;
  const ours = `${run.cloud.publicUrl}/r/${recordingSid}?k=`;
  run.operator.setClock();
  const seenAt = (await run.operator.ledger.readTask(taskSid))?.link.seenAt;
  return {
    inTime: typeof link === 'string' && link.startsWith(ours),
    seenInTime: seenAt !== undefined && seenAt.getTime() <= closesAt,
    link: typeof link === 'string' ? link : undefined,
  };
}

/** How many messages lie in each dead-letter queue that is not empty. */
export function deadLetters({ aws, cloud }: PipelineRun): Readonly<Record<string, number>> {
  const queues = cloud.queues.filter(({ name }) => name.endsWith('-dead-letters'));
  const counts = queues.map(({ name, arn }) => [name, aws.sqs.messages(arn).length] as const);
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

async function sha256At({ cloud, operator }: PipelineRun, key: string): Promise<string> {
  const stored = await operator.s3.send(new GetObjectCommand({ Bucket: cloud.archiveBucket, Key: key }));
  const bytes = await stored.Body?.transformToByteArray();
  return createHash('sha256')
    .update(bytes ?? '')
    .digest('hex');
}

function channelsOf({ twilio }: PipelineRun, recordingSid: RecordingSid): 1 | 2 {
  return twilio.voice.recording(recordingSid)?.channels ?? 1;
}

/**
 * Lets the schedules run until the ledger owes nothing to any of these, and stops them. Gives what is still owed when
 * twelve hours of the run were not enough.
 */
export async function followToRest(run: PipelineRun, calls: readonly RecordedCall[]): Promise<readonly string[]> {
  const until = run.clock.now() + 12 * 3_600_000;
  run.cloud.schedules.start();
  for (;;) {
    await run.seconds(300);
    await run.quiet();
    const open = await stillOpen(run, calls);
    if (open.length > 0 && run.clock.now() < until) continue;
    run.cloud.schedules.stop();
    return open;
  }
}

async function stillOpen(run: PipelineRun, calls: readonly RecordedCall[]): Promise<readonly string[]> {
  const { ledger } = run.operator;
  run.operator.setClock();
  const tasks = await Promise.all(calls.map(({ taskSid }) => ledger.readTask(taskSid)));
  const recordings = await Promise.all(calls.map(({ recordingSid }) => ledger.readRecording(recordingSid)));
  return calls.flatMap(({ taskSid, recordingSid }, index) => [
    ...(tasks[index]?.endedAt === undefined || tasks[index].dueAt !== undefined ? [taskSid] : []),
    ...(recordings[index] === undefined || recordings[index].dueAt !== undefined ? [recordingSid] : []),
  ]);
}
