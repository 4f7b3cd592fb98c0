import { ownReport, reportedSids } from '../../../lambdas/shared/domain/own-report.ts';
import type { RecordingContact, RecordingRecord } from '../../../lambdas/shared/domain/recording-record.ts';
import type { TaskRecord } from '../../../lambdas/shared/domain/task-record.ts';
import { sids } from '../../support/example-sids.ts';
import { exampleRecording, exampleTask } from '../../support/ledger/example-records.ts';

const at = (time: string): Date => new Date(`2026-11-20T${time}Z`);

/** A conference of the customer's call with two agents, recorded as one. */
const customerCall = sids.call(1);
const agentCalls = [sids.call(2), sids.call(3)] as const;

const recording = (changes: Partial<RecordingRecord> = {}): RecordingRecord =>
  exampleRecording({
    source: { status: 'completed', callSid: customerCall, conferenceSid: sids.conference() },
    taskSids: [sids.task()],
    ...changes,
  });

const task = (changes: Partial<TaskRecord> = {}): TaskRecord =>
  exampleTask({
    callSids: [customerCall, ...agentCalls],
    customerCallSid: customerCall,
    conferenceSids: [sids.conference()],
    legs: [
      { reservationSid: sids.reservation(1), workerCallSid: agentCalls[0], acceptedAt: at('10:00:05') },
      { reservationSid: sids.reservation(2), workerCallSid: agentCalls[1], acceptedAt: at('10:02:00') },
    ],
    recordings: [{ recordingSid: sids.recording(), foundBy: 'callback', kind: 'conference', isAbsent: false }],
    ...changes,
  });

const contact = (ccrId: number, changes: Partial<RecordingContact> = {}): RecordingContact => ({
  hash: `hash-${ccrId}`,
  ccrId,
  sessionId: customerCall,
  legId: agentCalls[0],
  status: 'COMPLETE',
  firstReceivedAt: at('11:00:00'),
  lastReceivedAt: at('11:00:00'),
  isContradictory: false,
  ...changes,
});

const firstLeg = { reservationSid: sids.reservation(1) };

describe('the body of a report', () => {
  it('says that a leg is complete in five keys of the contact status, in its order', () => {
    const body = ownReport(recording(), [task()], { ...firstLeg, status: 'COMPLETE' }, 4711);

    expect(JSON.stringify(body)).toBe(
      `{"ccrId":0,"sessionId":"${customerCall}","legId":"${agentCalls[0]}","tenantId":4711,"status":"COMPLETE"}`,
    );
  });

  it('says that a leg has failed in all six, the last a sentence without data', () => {
    const failed = recording({ archive: { state: 'failed', reason: 'media-never-came' } });

    const body = ownReport(failed, [task()], { ...firstLeg, status: 'FAILED' }, 4711);

    expect(JSON.stringify(body)).toBe(
      `{"ccrId":0,"sessionId":"${customerCall}","legId":"${agentCalls[0]}","tenantId":4711,"status":"FAILED",` +
        '"failureReason":"The audio of the recording did not become available in time to be archived."}',
    );
  });

  it.each([
    ['source-deleted', 'The recording was deleted at its source before it could be archived.'],
    ['toString', 'The recording could not be archived.'],
    ['a reason of tomorrow', 'The recording could not be archived.'],
  ])('has a sentence for %s', (reason, sentence) => {
    const failed = recording({ archive: { state: 'failed', reason } });

    expect(ownReport(failed, [task()], { ...firstLeg, status: 'FAILED' }, 1).failureReason).toBe(sentence);
  });
});

describe('the session of a report', () => {
  it('is the task where the customer has no call', () => {
    const { customerCallSid: _none, ...withoutCall } = task();

    expect(ownReport(recording(), [withoutCall], { status: 'COMPLETE' }, 1).sessionId).toBe(sids.task());
  });

  it.each([
    ['the recorded call', { callSid: sids.call(8), conferenceSid: sids.conference(9) }, sids.call(8)],
    ['the recorded conference', { conferenceSid: sids.conference(9) }, sids.conference(9)],
    ['the recording itself', {}, sids.recording()],
  ])('is %s where no task is known', (_what, source, sessionId) => {
    const alone = recording({ source: { status: 'completed', ...source } });

    expect(ownReport(alone, [], { status: 'COMPLETE' }, 1).sessionId).toBe(sessionId);
  });

  it('is that of the recorded call, not of a follow-up that only quotes the recording', () => {
    const followUp = task({
      taskSid: sids.task(0),
      callSids: [sids.call(7)],
      customerCallSid: sids.call(7),
      conferenceSids: [],
      legs: [],
    });

    expect(ownReport(recording(), [followUp, task()], { status: 'COMPLETE' }, 1).sessionId).toBe(customerCall);
  });

  it('is that of the task whose leg is reported', () => {
    const other = task({
      taskSid: sids.task(2),
      customerCallSid: sids.call(7),
      legs: [{ reservationSid: sids.reservation(9), workerCallSid: sids.call(10), acceptedAt: at('10:03:00') }],
    });
    const report = { reservationSid: sids.reservation(9), status: 'COMPLETE' } as const;

    expect(ownReport(recording(), [task(), other], report, 1)).toMatchObject({
      sessionId: sids.call(7),
      legId: sids.call(10),
    });
  });
});

describe('the leg of a report', () => {
  it.each([
    ['the recorded call', { callSid: sids.call(8), conferenceSid: sids.conference(9) }, sids.call(8)],
    ['the recorded conference', { conferenceSid: sids.conference(9) }, sids.conference(9)],
    ['empty', {}, ''],
  ])('is %s where the agent has no call of their own', (_what, source, legId) => {
    const withoutCall = task({ legs: [{ reservationSid: sids.reservation(1), acceptedAt: at('10:00:05') }] });
    const recorded = recording({ source: { status: 'completed', ...source } });

    expect(ownReport(recorded, [withoutCall], { ...firstLeg, status: 'COMPLETE' }, 1).legId).toBe(legId);
    expect(ownReport(recorded, [task()], { status: 'COMPLETE' }, 1).legId).toBe(legId);
  });
});

describe("Calabrio's id in a report", () => {
  const ccrId = (contacts: readonly RecordingContact[], report: object = firstLeg, of = task()): number =>
    ownReport(recording({ contacts }), [of], { ...report, status: 'COMPLETE' }, 1).ccrId;

  it('is that of the contact that names the leg', () => {
    expect(ccrId([contact(1, { legId: agentCalls[1] }), contact(2)])).toBe(2);
    expect(ccrId([contact(3, { legId: sids.reservation(1) })])).toBe(3);
  });

  it('is 0 when only another leg, or the call as a whole, was named', () => {
    expect(ccrId([contact(1, { legId: agentCalls[1] })])).toBe(0);
    expect(ccrId([contact(1, { legId: customerCall })])).toBe(0);
  });

  it('is that of the call as a whole where there was one leg', () => {
    const alone = task({ legs: task().legs.slice(0, 1) });

    expect(ccrId([contact(5, { legId: customerCall })], firstLeg, alone)).toBe(5);
  });

  it('is that of the latest COMPLETE, before a later FAILED', () => {
    const contacts = [
      contact(1, { lastReceivedAt: at('12:00:00') }),
      contact(2, { lastReceivedAt: at('11:30:00') }),
      contact(3, { lastReceivedAt: at('13:00:00'), status: 'FAILED' }),
    ];

    expect(ccrId(contacts)).toBe(1);
  });

  it('is that of whatever was said last where nothing was COMPLETE', () => {
    const contacts = [
      contact(1, { lastReceivedAt: at('12:00:00'), status: 'FAILED' }),
      contact(2, { lastReceivedAt: at('11:30:00'), status: 'PENDING' }),
    ];

    expect(ccrId(contacts)).toBe(1);
  });

  it('is 0 for a contact that contradicts itself, or that Calabrio gave none', () => {
    expect(ccrId([contact(1, { isContradictory: true })])).toBe(0);
    expect(ccrId([contact(0)])).toBe(0);
    expect(ccrId([contact(-4)])).toBe(0);
  });

  it('is 0 when the contact may be about a sibling', () => {
    const siblings = task({
      recordings: [
        { recordingSid: sids.recording(1), foundBy: 'callback', kind: 'conference', isAbsent: false },
        { recordingSid: sids.recording(2), foundBy: 'list', kind: 'conference', isAbsent: false },
      ],
    });

    expect(ccrId([contact(1)], firstLeg, siblings)).toBe(0);
  });

  it('is 0 for a leg that the task does not know, whatever was said of the others', () => {
    expect(ccrId([contact(1)], { reservationSid: sids.reservation(8) })).toBe(0);
  });
});

describe('what a report is about', () => {
  it('is told in our own SIDs', () => {
    expect(reportedSids(recording(), [task()], sids.reservation(2))).toEqual({
      recordingSid: sids.recording(),
      taskSid: sids.task(),
      reservationSid: sids.reservation(2),
      conferenceSid: sids.conference(),
    });
  });

  it('names no conference that is not certain, and nothing that is not known', () => {
    const withoutConference = recording({ source: { status: 'completed', callSid: customerCall } });

    expect(reportedSids(withoutConference, [task()], undefined).conferenceSid).toBe(sids.conference());
    expect(
      reportedSids(withoutConference, [task({ conferenceSids: [sids.conference(1), sids.conference(2)] })], undefined),
    ).toEqual({ recordingSid: sids.recording(), taskSid: sids.task() });
    expect(reportedSids(exampleRecording(), [], undefined)).toEqual({ recordingSid: sids.recording() });
  });
});
