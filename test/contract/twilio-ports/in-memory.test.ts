import { createHash } from 'node:crypto';
import type { RecordingResource } from '../../../lambdas/shared/ports/recordings.ts';
import { sids } from '../../support/example-sids.ts';
import { inMemoryRecordings } from '../../support/fakes/in-memory-recordings.ts';
import type { HeldMedia } from '../../support/fakes/in-memory-recordings.ts';
import { inMemoryTasks } from '../../support/fakes/in-memory-tasks.ts';
import { inMemoryWorkers } from '../../support/fakes/in-memory-workers.ts';
import { recordingsSuite } from './recordings-suite.ts';
import { tasksSuite } from './tasks-suite.ts';
import { workersSuite } from './workers-suite.ts';

tasksSuite('tasks in memory', async () => {
  const tasks = inMemoryTasks();
  let count = 0;
  return {
    tasks,
    async newTask(attributes) {
      count += 1;
      const taskSid = sids.task(count);
      const createdAt = new Date('2026-11-20T10:00:00Z');
      tasks.put({
        taskSid,
        accountSid: sids.account(),
        workspaceSid: sids.workspace(),
        assignmentStatus: 'pending',
        attributes,
        createdAt,
      });
      return taskSid;
    },
    changeElsewhere: async (taskSid, attributes) => tasks.changeElsewhere(taskSid, attributes),
    remove: async (taskSid) => tasks.remove(taskSid),
    workflowSid: async () => `WW${'1'.repeat(32)}`,
  };
});

recordingsSuite('recordings in memory', async () => {
  const recordings = inMemoryRecordings();
  let count = 0;
  const next = (status: RecordingResource['status']): RecordingResource => {
    count += 1;
    const startedAt = new Date('2026-11-20T10:00:00Z');
    return { recordingSid: sids.recording(count), accountSid: sids.account(), status, startedAt };
  };
  const finished: { readonly recording: RecordingResource; readonly media: HeldMedia }[] = [];
  return {
    recordings,
    accountSid: sids.account(),
    async newFinished({ channels, durationSeconds }) {
      const recording = {
        ...next('completed'),
        channels,
        durationSeconds,
        callSid: sids.call(count),
        conferenceSid: sids.conference(count),
      };
      const mono = Buffer.alloc(16_000 * durationSeconds, 'mono');
      const stereo = Buffer.alloc(32_000 * durationSeconds, 'stereo');
      const media = channels === 2 ? { mono, stereo } : { mono };
      recordings.put(recording, media);
      finished.push({ recording, media });
      const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
      return {
        ...recording,
        sizeBytes: { 1: mono.length, 2: stereo.length },
        sha256: { 1: sha256(mono), 2: sha256(stereo) },
      };
    },
    async newSealed() {
      const recording = next('completed');
      const ciphertext = Buffer.alloc(16_060, 'ciphertext');
      recordings.put(recording, { mono: Buffer.alloc(16_044), ciphertext });
      const sha256 = (): string => createHash('sha256').update(ciphertext).digest('hex');
      return { recordingSid: recording.recordingSid, sizeBytes: 16_060, sha256 };
    },
    async newRunning() {
      const recording = next('in-progress');
      recordings.put(recording);
      return recording.recordingSid;
    },
    async newAbsent() {
      const recording = { ...next('absent'), errorCode: '16101', durationSeconds: 0 };
      recordings.put(recording);
      return recording.recordingSid;
    },
    withoutLength() {
      for (const { recording, media } of finished) recordings.put(recording, { ...media, withoutLength: true });
    },
  };
});

for (const givesEtags of [true, false]) {
  workersSuite(`workers in memory, ${givesEtags ? 'with' : 'without'} ETags`, async () => {
    const workers = inMemoryWorkers({ givesEtags });
    let count = 0;
    return {
      workers,
      async newWorker(friendlyName, attributes) {
        count += 1;
        const workerSid = sids.worker(count);
        workers.put({ workerSid, friendlyName, activityName: 'Available', attributes });
        return workerSid;
      },
      changeElsewhere: async (workerSid, attributes) => workers.changeElsewhere(workerSid, attributes),
      absentWorker: async () => sids.worker(9999),
    };
  });
}
