import { joinedLegs } from '../../../lambdas/shared/domain/joined-legs.ts';
import { newRecording } from '../../../lambdas/shared/domain/recording-life.ts';
import type { RecordingRecord, RecordingSource } from '../../../lambdas/shared/domain/recording-record.ts';
import type { Leg, TaskRecord, TaskRecording, Transfer } from '../../../lambdas/shared/domain/task-record.ts';
import { sids } from '../../support/example-sids.ts';
import { exampleTask } from '../../support/ledger/example-records.ts';

const at = (text: string): Date => new Date(`2026-11-20T${text}Z`);
const recordingOf = (source: Partial<RecordingSource>): RecordingRecord => ({
  ...newRecording({ recordingSid: sids.recording(), accountSid: sids.account(), foundBy: 'callback' }, at('10:00:00')),
  source: { status: 'completed', ...source },
});
const ofConference = recordingOf({ conferenceSid: sids.conference() });

const leg1: Leg = { reservationSid: sids.reservation(1), workerSid: sids.worker(1), acceptedAt: at('10:00:05') };
const leg2: Leg = { reservationSid: sids.reservation(2), workerSid: sids.worker(2), acceptedAt: at('10:02:30') };
const call = (changes: Partial<TaskRecord>): TaskRecord =>
  exampleTask({ callSids: [sids.call(1)], conferenceSids: [sids.conference()], legs: [leg1, leg2], ...changes });

const transfer = (changes: Partial<Transfer> = {}): Transfer => ({
  transferSid: sids.transfer(),
  initiatedAt: at('10:02:00'),
  endedAt: at('10:03:00'),
  fromReservationSid: sids.reservation(1),
  toWorkerSid: sids.worker(2),
  ...changes,
});
const listed = (changes: Partial<TaskRecording>): readonly TaskRecording[] => [
  { recordingSid: sids.recording(), foundBy: 'media', kind: 'unknown', isAbsent: false, ...changes },
];

const joinedSids = (recording: RecordingRecord, ...tasks: readonly TaskRecord[]): readonly string[] =>
  joinedLegs(recording, tasks).map(({ leg }) => leg.reservationSid);

const [one, two] = [sids.reservation(1), sids.reservation(2)];

describe('the agents’ parts that a recording holds', () => {
  it('are all accepted reservations of its call', () => {
    expect(joinedSids(ofConference, call({}))).toEqual([one, two]);
  });

  it('include one whose acceptance was never heard of, but whose end was', () => {
    const ended: Leg = { reservationSid: two, completedAt: at('10:05:00') };

    expect(joinedSids(ofConference, call({ legs: [leg1, ended] }))).toEqual([one, two]);
  });

  it.each(['failed', 'canceled'] as const)('leave out the agent of a transfer that %s', (outcome) => {
    expect(joinedSids(ofConference, call({ transfers: [transfer({ outcome })] }))).toEqual([one]);
  });

  it('keep the agent of a transfer that was completed, or of which no end was heard', () => {
    const { endedAt: _none, ...open } = transfer();

    expect(joinedSids(ofConference, call({ transfers: [transfer({ outcome: 'completed' })] }))).toEqual([one, two]);
    expect(joinedSids(ofConference, call({ transfers: [open] }))).toEqual([one, two]);
  });

  it('keep an agent who accepted before the failed transfer began, or after it ended', () => {
    const failed = transfer({ outcome: 'failed' });
    const before: Leg = { ...leg2, acceptedAt: at('10:01:59') };
    const after: Leg = { ...leg2, acceptedAt: at('10:03:01') };

    expect(joinedSids(ofConference, call({ legs: [leg1, before], transfers: [failed] }))).toEqual([one, two]);
    expect(joinedSids(ofConference, call({ legs: [leg1, after], transfers: [failed] }))).toEqual([one, two]);
  });

  it('keep everybody where two agents may be the one whom a failed transfer to a queue brought', () => {
    const { toWorkerSid: _queue, ...toQueue } = transfer({ outcome: 'failed' });
    const leg3: Leg = { reservationSid: sids.reservation(3), acceptedAt: at('10:02:40') };

    expect(joinedSids(ofConference, call({ legs: [leg1, leg2, leg3], transfers: [toQueue] }))).toEqual([
      one,
      two,
      sids.reservation(3),
    ]);
  });

  it('leave out the agents of a follow-up task that only quotes the recording', () => {
    const followUp = exampleTask({
      taskSid: sids.task(2),
      legs: [{ reservationSid: sids.reservation(7), acceptedAt: at('11:00:00') }],
    });

    expect(joinedSids(ofConference, call({}), followUp)).toEqual([one, two]);
    expect(joinedSids(recordingOf({}), followUp)).toEqual([sids.reservation(7)]);
  });
});

describe('a recording of one agent’s part', () => {
  it('holds that part alone, as the task says', () => {
    expect(joinedSids(ofConference, call({ recordings: listed({ reservationSid: two }) }))).toEqual([two]);
  });

  it('holds that part alone, when it is of that agent’s own call', () => {
    const legs = [{ ...leg1, workerCallSid: sids.call(11) }, leg2];

    expect(joinedSids(recordingOf({ callSid: sids.call(11) }), call({ legs }))).toEqual([one]);
  });

  it('holds every part, when the events gave its call to two agents', () => {
    const legs = [leg1, leg2].map((leg) => ({ ...leg, workerCallSid: sids.call(11) }));

    expect(joinedSids(recordingOf({ callSid: sids.call(11) }), call({ legs }))).toEqual([one, two]);
  });

  it('holds every part, when it is of the customer’s call', () => {
    const legs = [{ ...leg1, workerCallSid: sids.call(1) }, leg2];

    expect(joinedSids(recordingOf({ callSid: sids.call(1) }), call({ legs, customerCallSid: sids.call(1) }))).toEqual([
      one,
      two,
    ]);
  });

  it('is waited for by its own agent’s word, also when nothing else was heard of that agent', () => {
    const unheard = sids.reservation(9);

    expect(joinedSids(ofConference, call({ recordings: listed({ reservationSid: unheard }) }))).toEqual([unheard]);
  });
});
