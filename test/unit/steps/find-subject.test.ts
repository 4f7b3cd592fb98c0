import { findSubject } from '../../../lambdas/shared/steps/find-subject.ts';
import type { TaskRecord } from '../../../lambdas/shared/domain/task-record.ts';
import { newTranscript } from '../../../lambdas/shared/domain/transcript-life.ts';
import { sids } from '../../support/example-sids.ts';
import { readableSubjectHash } from '../../support/fakes/in-memory-identity-map.ts';
import { inMemorySubjectIndex } from '../../support/fakes/in-memory-subject-index.ts';
import { exampleRecording, exampleTask } from '../../support/ledger/example-records.ts';
import { inMemoryLedger } from '../../support/ledger/in-memory-ledger.ts';

const ada = [{ kind: 'phone', value: '+12025550143' }] as const;
const adas = 'hash(phone:+12025550143)';

async function startWorld() {
  const ledger = inMemoryLedger();
  const index = inMemorySubjectIndex();
  const task = async (n: number, changes: Partial<TaskRecord> = {}): Promise<void> => {
    await ledger.saveTask(exampleTask({ taskSid: sids.task(n), ...changes }));
  };
  const recording = async (n: number): Promise<void> => {
    await ledger.saveRecording(exampleRecording({ recordingSid: sids.recording(n) }));
  };
  const has = { ledger, index, transcripts: ledger, subjectHash: readableSubjectHash() };
  return { ledger, index, task, recording, has };
}

const ofTask = (n: number) =>
  ({ recordingSid: sids.recording(n), foundBy: 'list', kind: 'call', isAbsent: false }) as const;

describe('everything of a person', () => {
  it('is their tasks, the recordings that these name, those that their calls lead to, and their conversations', async () => {
    const { ledger, index, task, recording, has } = await startWorld();
    await task(1, { recordings: [ofTask(1)], callSids: [sids.call()], conferenceSids: [sids.conference()] });
    await task(2, { conversationSids: [sids.conversation()] });
    await task(3, { recordings: [ofTask(4)] });
    for (const n of [1, 2, 3, 4]) await recording(n);
    await ledger.addAliases([sids.call()], sids.recording(2));
    await ledger.addAliases([sids.conference()], sids.recording(3));
    const of = { conversationSid: sids.conversation(), accountSid: sids.account() };
    await ledger.saveTranscript(newTranscript(of, new Date('2026-11-20T10:00:00Z')));
    for (const n of [2, 1]) await index.add(adas, sids.task(n));

    const found = await findSubject(has, ada);

    expect(found.subjectHashes).toEqual([adas]);
    expect(found.taskSids).toEqual([sids.task(1), sids.task(2)]);
    expect(found.recordings.map(({ recordingSid }) => recordingSid)).toEqual([1, 2, 3].map((n) => sids.recording(n)));
    expect(found.transcripts.map(({ conversationSid }) => conversationSid)).toEqual([sids.conversation()]);
    expect(found.unknownSids).toEqual([]);
  });

  it('is not what else a recording belongs to: that is about somebody else', async () => {
    const { ledger, index, task, recording, has } = await startWorld();
    await task(1, { recordings: [ofTask(1)] });
    await task(2, { recordings: [ofTask(1), ofTask(2)] });
    for (const n of [1, 2]) await recording(n);
    await ledger.addAliases([sids.recording()], sids.task(2));
    await index.add(adas, sids.task(1));

    const found = await findSubject(has, ada);

    expect(found.taskSids).toEqual([sids.task(1)]);
    expect(found.recordings.map(({ recordingSid }) => recordingSid)).toEqual([sids.recording(1)]);
  });

  it('is not the recording of another’s call that their task only quotes', async () => {
    const { ledger, index, task, recording, has } = await startWorld();
    await task(1, { recordings: [ofTask(1), ofTask(2)] });
    await task(2, { recordings: [ofTask(1)], callSids: [sids.call()] });
    const source = { status: 'completed', callSid: sids.call() } as const;
    await ledger.saveRecording(exampleRecording({ recordingSid: sids.recording(1), source, taskSids: [sids.task(1)] }));
    await recording(2);
    await ledger.addAliases([sids.call()], sids.task(2));
    await index.add(adas, sids.task(1));

    const found = await findSubject(has, ada);

    expect(found.recordings.map(({ recordingSid }) => recordingSid)).toEqual([sids.recording(2)]);
    expect(found.quotedSids).toEqual([sids.recording(1)]);
  });

  it('is also the task in which somebody listened to their call', async () => {
    const { index, task, has } = await startWorld();
    await task(1, { review: { intendedAt: new Date('2026-11-20T11:00:00Z'), taskSid: sids.task(5) } });
    await task(5);
    await index.add(adas, sids.task(1));

    expect((await findSubject(has, ada)).tasks.map(({ taskSid }) => taskSid)).toEqual([sids.task(1), sids.task(5)]);
  });

  it('is also what is named besides, and recordings without a task', async () => {
    const { index, task, recording, has } = await startWorld();
    await task(6, { conversationSids: [sids.conversation(6)] });
    for (const n of [7, 8]) await recording(n);
    await index.add(adas, sids.recording(7));
    const also = { taskSids: [sids.task(6)], recordingSids: [sids.recording(8), sids.recording(9)] };

    const found = await findSubject(has, ada, also);

    expect(found.taskSids).toEqual([sids.task(6)]);
    expect(found.recordings.map(({ recordingSid }) => recordingSid)).toEqual([sids.recording(7), sids.recording(8)]);
    // Named, and the ledger has no record of them.
    expect(found.unknownSids).toEqual([sids.recording(9), sids.conversation(6)]);
  });

  it('is nothing where nobody is known by the key', async () => {
    const { has } = await startWorld();

    expect(await findSubject(has, ada)).toEqual({
      ...{ subjectHashes: [adas], taskSids: [], tasks: [], recordings: [], transcripts: [], unknownSids: [] },
      quotedSids: [],
    });
  });
});
