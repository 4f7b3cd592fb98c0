import { identifyContact } from '../../../lambdas/shared/domain/identify-contact.ts';
import { newRecording } from '../../../lambdas/shared/domain/recording-life.ts';
import type { RecordingContact } from '../../../lambdas/shared/domain/recording-record.ts';
import type { TaskRecord, TaskRecording } from '../../../lambdas/shared/domain/task-record.ts';
import { sids } from '../../support/example-sids.ts';
import { exampleTask } from '../../support/ledger/example-records.ts';

const receivedAt = new Date('2026-11-20T10:30:00Z');
const recording = newRecording(
  { recordingSid: sids.recording(1), accountSid: sids.account(), foundBy: 'callback' },
  receivedAt,
);

const naming = (sessionId: string, legId: string): RecordingContact => ({
  hash: 'h',
  ccrId: 501,
  sessionId,
  legId,
  status: 'COMPLETE',
  firstReceivedAt: receivedAt,
  lastReceivedAt: receivedAt,
  isContradictory: false,
});

const listed = (n: number, changes: Partial<TaskRecording> = {}): TaskRecording => ({
  recordingSid: sids.recording(n),
  foundBy: 'list',
  kind: 'unknown',
  isAbsent: false,
  ...changes,
});

const legs = [
  { reservationSid: sids.reservation(1), workerCallSid: sids.call(11) },
  { reservationSid: sids.reservation(2), workerCallSid: sids.call(12) },
];
const task = (...recordings: readonly TaskRecording[]): readonly TaskRecord[] => [exampleTask({ legs, recordings })];

const [session, agent1, agent2] = [sids.conference(), sids.reservation(1), sids.reservation(2)];

describe('a contact of a call with one recording', () => {
  it('is about it, whichever of the call’s ids it names', () => {
    const ids = [session, agent1, agent2, sids.call(11), sids.task(), sids.recording(1)];

    expect(ids.map((id) => identifyContact(naming(session, id), recording, task(listed(1))))).toEqual(
      ids.map(() => 'this'),
    );
  });

  it('is about another where it names another recording', () => {
    expect(identifyContact(naming(session, sids.recording(2)), recording, task(listed(1)))).toBe('other');
  });

  it('is ambiguous where its two ids led to different recordings', () => {
    const contradictory = { ...naming(session, agent1), isContradictory: true };

    expect(identifyContact(contradictory, recording, task(listed(1)))).toBe('ambiguous');
  });

  it('is about it although a sibling without sound is listed', () => {
    expect(identifyContact(naming(session, agent1), recording, task(listed(1), listed(2, { isAbsent: true })))).toBe(
      'this',
    );
  });
});

describe('a contact of a call whose conference was recorded too', () => {
  const both = task(listed(1), listed(2, { kind: 'conference' }));

  it('is ambiguous, because Calabrio may have taken only one of them', () => {
    expect(identifyContact(naming(session, agent1), recording, both)).toBe('ambiguous');
  });

  it('is about the one that it names, also within a longer text', () => {
    expect(identifyContact(naming(session, `rec_${sids.recording(1)}.wav`), recording, both)).toBe('this');
    expect(identifyContact(naming(session, sids.recording(2)), recording, both)).toBe('other');
  });

  it('is ambiguous where it names both', () => {
    expect(identifyContact(naming(sids.recording(1), sids.recording(2)), recording, both)).toBe('ambiguous');
  });
});

describe('a contact of a call with a recording of each agent', () => {
  const parts = task(listed(1, { reservationSid: agent1 }), listed(2, { reservationSid: agent2 }));

  it('is about the recording of the agent whom it names', () => {
    expect(identifyContact(naming(session, agent1), recording, parts)).toBe('this');
    expect(identifyContact(naming(session, agent2), recording, parts)).toBe('other');
    expect(identifyContact(naming(session, sids.call(11)), recording, parts)).toBe('this');
  });

  it('is ambiguous where it names no agent, or both', () => {
    expect(identifyContact(naming(session, sids.task()), recording, parts)).toBe('ambiguous');
    expect(identifyContact(naming(agent1, agent2), recording, parts)).toBe('ambiguous');
  });

  it('is about the recording of the whole call where the agent has none apart', () => {
    const wholeAndPart = task(listed(1), listed(2, { reservationSid: agent2 }));

    expect(identifyContact(naming(session, agent1), recording, wholeAndPart)).toBe('this');
    expect(identifyContact(naming(session, agent2), recording, wholeAndPart)).toBe('other');
  });
});
