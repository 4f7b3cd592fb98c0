import { newTask } from '../../../lambdas/shared/domain/task-life.ts';
import type { TaskRecord, TaskRecording } from '../../../lambdas/shared/domain/task-record.ts';
import { wantedMedia } from '../../../lambdas/shared/domain/wanted-media.ts';
import { sids } from '../../support/example-sids.ts';

const at = (time: string): Date => new Date(`2026-03-02T${time}Z`);
const recordings = { recordings: true, transcripts: false };

const recording = (n: number, facts: Partial<TaskRecording> = {}): TaskRecording => ({
  recordingSid: sids.recording(n),
  foundBy: 'callback',
  kind: 'call',
  isAbsent: false,
  ...facts,
});

function taskWith(facts: Partial<TaskRecord>): TaskRecord {
  const of = { taskSid: sids.task(), accountSid: sids.account(), workspaceSid: sids.workspace() };
  return { ...newTask(of, at('10:00:00')), ...facts };
}

describe('what is wanted of a task’s media', () => {
  it('is nothing while no recording with sound is known', () => {
    expect(wantedMedia(taskWith({}), recordings)).toEqual([]);
    expect(wantedMedia(taskWith({ recordings: [recording(1, { isAbsent: true })] }), recordings)).toEqual([]);
  });

  it('is the recording that the link names, of a conference and its customer’s call', () => {
    const task = taskWith({
      recordings: [recording(1), recording(2, { kind: 'conference' })],
      primaryRecordingSid: sids.recording(2),
    });

    expect(wantedMedia(task, recordings)).toEqual([{ recordingSid: sids.recording(2) }]);
  });

  it('is each agent’s part at the reservation, and no part at the task', () => {
    const task = taskWith({
      recordings: [
        recording(1, { reservationSid: sids.reservation(1) }),
        recording(2, { reservationSid: sids.reservation(2) }),
      ],
      primaryRecordingSid: sids.recording(1),
    });

    expect(wantedMedia(task, recordings)).toEqual([
      { recordingSid: sids.recording(1), reservationSid: sids.reservation(1) },
      { recordingSid: sids.recording(2), reservationSid: sids.reservation(2) },
    ]);
  });

  it('is the whole recording at the task beside an agent’s part, though the link names the part', () => {
    const task = taskWith({
      recordings: [recording(1, { reservationSid: sids.reservation(1) }), recording(2), recording(3)],
      primaryRecordingSid: sids.recording(1),
    });

    expect(wantedMedia(task, recordings)).toEqual([
      { recordingSid: sids.recording(2) },
      { recordingSid: sids.recording(1), reservationSid: sids.reservation(1) },
    ]);
  });

  it('does not leave a whole recording that was chosen, when a better one turns up', () => {
    const task = taskWith({
      recordings: [recording(3), recording(4, { kind: 'conference' }), recording(5, { isAbsent: true })],
      media: { state: 'written', places: [{ recordingSid: sids.recording(3) }], writes: 1, fromTwilio: [] },
      primaryRecordingSid: sids.recording(9),
    });

    expect(wantedMedia(task, recordings)).toEqual([{ recordingSid: sids.recording(3) }]);
  });

  it('begins no later than the agent took the call: the task’s first, or the reservation’s own', () => {
    const startedAt = at('10:00:09');
    const task = taskWith({
      recordings: [recording(1, { startedAt }), recording(2, { startedAt, reservationSid: sids.reservation(2) })],
      primaryRecordingSid: sids.recording(1),
      legs: [
        { reservationSid: sids.reservation(2), acceptedAt: at('10:00:30') },
        { reservationSid: sids.reservation(1), acceptedAt: at('10:00:05.700') },
      ],
    });

    expect(wantedMedia(task, recordings)).toMatchObject([
      { recordingSid: sids.recording(1), startedAt: at('10:00:05') },
      { recordingSid: sids.recording(2), startedAt },
    ]);
  });

  it('goes with the transcript of the task’s conversation', () => {
    const task = taskWith({
      recordings: [recording(1)],
      primaryRecordingSid: sids.recording(1),
      conversationSids: [sids.conversation()],
    });

    expect(wantedMedia(task, recordings)).toEqual([
      { recordingSid: sids.recording(1), transcriptSid: sids.conversation() },
    ]);
  });
});

describe('the transcript of a task in writing', () => {
  const chat = taskWith({ channel: 'chat', conversationSids: [sids.conversation()] });
  const transcripts = { recordings: false, transcripts: true };

  it('is wanted by its switch alone', () => {
    expect(wantedMedia(chat, transcripts)).toEqual([{ transcriptSid: sids.conversation() }]);
    expect(wantedMedia(chat, recordings)).toEqual([]);
  });

  it('is not wanted of a call', () => {
    const call = taskWith({ channel: 'voice', callSids: [sids.call()], conversationSids: [sids.conversation()] });

    expect(wantedMedia(call, transcripts)).toEqual([]);
  });
});
