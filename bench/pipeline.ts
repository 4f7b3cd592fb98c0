import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CallSid, ConferenceSid, RecordingSid, TaskSid } from '../lambdas/shared/domain/sids.ts';
import { stageAssembly } from '../local/assembly-cache.ts';
import { startLocalPipeline } from '../local/local-pipeline.ts';
import { localStageName } from '../local/run-policy.ts';
import type { LocalPipeline } from '../local/local-pipeline.ts';
import { localDir } from '../local/run-state.ts';

const repositoryDir = join(import.meta.dirname, '..');
/** Nothing that is measured here takes as long; what does has failed. */
const PATIENCE_MS = 5 * 60_000;

/** The whole pipeline on the local cloud, in real time, delivered to by all transports. */
export interface BenchPipeline extends LocalPipeline {
  /** What functions wrote, for an error that says why nothing came through. */
  readonly lastLogLines: () => readonly string[];
}

/** Starts it with nothing in it; `close()` ends it, and nothing of it stays. */
export async function startPipeline(line: (text: string) => void): Promise<BenchPipeline> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bench-'));
  const cacheDir = join(localDir(repositoryDir), 'assemblies');
  const assemblyDir = await stageAssembly({
    repositoryDir,
    stageName: localStageName,
    cacheDir,
    onSynth: () => line('synthesizing the stage'),
  });
  const logLines: string[] = [];
  const pipeline = await startLocalPipeline({
    ...{ repositoryDir, assemblyDir, dataDir },
    port: 0,
    functionLog: (functionName, text) => {
      logLines.push(`${functionName}: ${text}`);
      if (logLines.length > 20) logLines.shift();
    },
  });
  pipeline.twilio.deliverTo({
    publicUrl: pipeline.cloud.publicUrl,
    apiUrl: pipeline.cloud.apiUrl,
    transports: [{ kind: 'event-streams' }, { kind: 'recording-events' }],
  });
  return {
    ...pipeline,
    lastLogLines: () => logLines,
    async close() {
      await pipeline.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A customer and an agent who talk in the conference of an accepted task. */
export function startTalk({ twilio }: BenchPipeline): {
  readonly taskSid: TaskSid;
  readonly conferenceSid: ConferenceSid;
  readonly customer: CallSid;
} {
  const customer = twilio.voice.startCall();
  const taskSid = twilio.taskRouter.createTask({
    attributes: { call_sid: customer, direction: 'inbound', type: 'inbound' },
    channel: 'voice',
    queue: 'Everyone',
    workflow: 'Assign to anyone',
  });
  const workerSid = twilio.taskRouter.createWorker({ name: 'ada.example', attributes: { full_name: 'Ada Example' } });
  twilio.taskRouter.accept(twilio.taskRouter.reserve(taskSid, workerSid));
  const conferenceSid = twilio.voice.startConference({ taskSid, customerCallSid: customer });
  twilio.voice.join(conferenceSid, 'worker');
  return { taskSid, conferenceSid, customer };
}

/** Resolves when every one of them has its sidecar in the archive, which is written last, after the proof. */
export async function untilArchived(pipeline: BenchPipeline, recordingSids: readonly RecordingSid[]): Promise<void> {
  const missing = new Set<string>(recordingSids);
  await until(pipeline, `${recordingSids.length} recordings are archived`, () => {
    for (const { key } of pipeline.aws.s3.objects(pipeline.cloud.archiveBucket)) {
      missing.delete(/(RE[0-9a-f]{32})\.json$/.exec(key)?.[1] ?? '');
    }
    return missing.size === 0;
  });
}

/** Resolves when nothing waits for the function or is under way in it; what it measured is complete then. */
export async function untilQuiet(pipeline: BenchPipeline, functionName: string): Promise<void> {
  const { arn } = pipeline.cloud.queue(functionName);
  await until(pipeline, `${functionName} is quiet`, () => {
    const { visible, inFlight, delayed } = pipeline.aws.sqs.depth(arn);
    return visible + inFlight + delayed === 0;
  });
}

async function until({ clock, lastLogLines }: BenchPipeline, what: string, isSo: () => boolean): Promise<void> {
  const givenUpAt = clock.now() + PATIENCE_MS;
  while (!isSo()) {
    if (clock.now() > givenUpAt)
      throw new Error([`not so within ${PATIENCE_MS / 1000} s: ${what}; last lines:`, ...lastLogLines()].join('\n'));
    await sleep(10);
  }
}

/** When our link was first on the task, in epoch milliseconds; undefined when it never was. */
export function linkedAt({ twilio }: BenchPipeline, taskSid: TaskSid, recordingSid: RecordingSid): number | undefined {
  return twilio.taskRouter
    .task(taskSid)
    ?.history.find(({ attributes }) => attributes.includes(`/r/${recordingSid}?`))
    ?.at.getTime();
}
