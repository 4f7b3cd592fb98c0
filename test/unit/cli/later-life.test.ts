import { fakeConnection } from './fake-connection.ts';
import { run } from './run-typed.ts';
import { newDeletionControl } from '../../../lambdas/shared/domain/deletion-control.ts';
import type { Policy } from '../../../lambdas/shared/domain/policy.ts';
import type { RecordingRecord, SourceDeletion } from '../../../lambdas/shared/domain/recording-record.ts';
import { refusalReasons } from '../../../lambdas/shared/domain/refusals.ts';
import { refusalWords } from '../../../cli/refusal-words.ts';
import { exampleCalabrio, examplePolicy } from '../../support/example-policy.ts';
import { sids } from '../../support/example-sids.ts';
import { exampleRecording, exampleTask, fullRecording } from '../../support/ledger/example-records.ts';
import { inMemoryLedger } from '../../support/ledger/in-memory-ledger.ts';

const receivedAt = new Date('2026-11-20T10:10:00Z');
const hold = {
  matter: 'CASE-2026-17',
  placedBy: 'Grace Example',
  why: 'Ada Example rang',
  placedAt: new Date('2026-11-20T11:00:00Z'),
};
const failed = {
  hash: 'f'.repeat(64),
  ccrId: 4711,
  sessionId: sids.call(1),
  legId: sids.reservation(2),
  status: 'FAILED',
  failureReason: 'Ada Example hung up',
  firstReceivedAt: receivedAt,
  lastReceivedAt: new Date('2026-11-20T10:20:00Z'),
  isContradictory: false,
};
const complete = {
  ...{ hash: 'c'.repeat(64), ccrId: 4712, sessionId: sids.conference(), legId: sids.reservation(1) },
  ...{ status: 'COMPLETE', firstReceivedAt: receivedAt, lastReceivedAt: receivedAt, isContradictory: false },
};

const policy = examplePolicy(
  { ingestProof: 20, waiveInsights: true },
  { calabrio: exampleCalabrio({ isApiConfigured: true }) },
);

/** What status says of a verified recording of two agents, with these changes. */
async function status(
  changes: Partial<RecordingRecord>,
  has: { policy?: Policy; typed?: readonly string[]; breaker?: 'closed' } = {},
) {
  const { archive, source } = fullRecording();
  const ledger = inMemoryLedger();
  const endedAt = new Date('2026-11-20T10:04:30Z');
  await ledger.saveTask(
    exampleTask({
      callSids: [sids.call(1)],
      customerCallSid: sids.call(1),
      conferenceSids: [sids.conference()],
      legs: [1, 2].map((n) => ({ reservationSid: sids.reservation(n), acceptedAt: endedAt, completedAt: endedAt })),
      endedAt,
    }),
  );
  await ledger.saveRecording(exampleRecording({ source, archive, taskSids: [sids.task()], ...changes }));
  await ledger.saveDeletionControl({
    ...newDeletionControl(endedAt),
    ...(has.breaker !== 'closed' && { breaker: { state: 'open', openedAt: endedAt, why: 'too many' } }),
  });
  const connection = fakeConnection({ ledger, ...(has.policy !== undefined && { policy: has.policy }) });
  return run(['status', sids.recording(), ...(has.typed ?? [])], connection);
}

describe('the later life of a recording', () => {
  it('gives every reason why the source stays, those that hold for all alike too, with its meaning', async () => {
    const answer = await status({ contacts: [complete, failed], holds: [hold] }, { policy });

    const reasons = ['held', 'leg-failed', 'api-unconfirmed', 'ingest-unproven', 'breaker-open'] as const;
    expect(answer.out).toContain('stays:\n');
    for (const reason of reasons) {
      expect(answer.out).toContain(`\n    ${reason}\n      `);
      expect(answer.out.replaceAll(/\n +/g, ' ')).toContain(refusalWords[reason]);
    }
  });

  it('shows each leg with its state and the contacts that confirm it', async () => {
    const answer = await status({ contacts: [complete, failed] }, { policy });

    expect(answer.out).toContain('legs that Calabrio should confirm (2)');
    expect(answer.out).toContain(`${sids.reservation(1)}  complete  2026-11-20T10:10:00.000Z\n    contact 4712`);
    expect(answer.out).toContain(`${sids.reservation(2)}  failed`);
  });

  it('shows each contact with what its ids are, what it is about, and when it came', async () => {
    const answer = await status({ contacts: [complete, failed] }, { policy });

    expect(answer.out).toContain('4711     FAILED    2026-11-20T10:10:00.000Z  this recording');
    expect(answer.out).toContain('session: customer call, leg: reservation');
    expect(answer.out).toContain('last received 2026-11-20T10:20:00.000Z');
  });

  it.each([
    ['for a person', []],
    ['as JSON', ['--json']],
  ])('keeps to itself what people and Calabrio wrote, %s, unless asked', async (_how, typed) => {
    const changes = {
      contacts: [failed],
      holds: [hold],
      releases: [{ matter: 'CASE-1', releasedBy: 'Alan Example', why: 'Ada Example agreed', releasedAt: receivedAt }],
    };

    const kept = await status(changes, { policy, typed });
    const revealed = await status(changes, { policy, typed: [...typed, '--reveal'] });

    expect(kept.out).toContain('CASE-2026-17');
    for (const words of ['Ada Example', 'Grace Example', 'Alan Example']) expect(kept.out).not.toContain(words);
    for (const words of ['Grace Example', 'Ada Example rang', 'Ada Example hung up', 'Ada Example agreed'])
      expect(revealed.out).toContain(words);
  });

  it('says that the source may go when nothing keeps it, and which reason does when one is left', async () => {
    const archiveAlone = examplePolicy({ confirmedBy: 'archive', waiveInsights: true });

    const free = await status({}, { policy: archiveAlone, breaker: 'closed' });
    const atGate = await status({}, { policy: archiveAlone, typed: ['--json'] });

    expect(free.out).toContain('source at Twilio\n  may go\n');
    expect(JSON.parse(atGate.out)).toMatchObject({
      lives: [
        {
          label: 'archived',
          tasks: [sids.task()],
          source: { mayGo: false, refusals: [{ reason: 'breaker-open', meaning: refusalWords['breaker-open'] }] },
        },
      ],
    });
  });

  it('says nothing of the breaker where nothing is left to delete', async () => {
    const deletion: SourceDeletion = {
      state: 'deleted',
      intendedAt: receivedAt,
      deletedAt: new Date('2026-11-20T10:10:02Z'),
      confirmedBy: 'soft-deleted',
    };

    const answer = await status({ deletion }, { policy });

    expect(answer.out).toContain('already-deleted');
    expect(answer.out).toContain('2026-11-20T10:10:02.000Z, Twilio shows it as deleted');
    expect(answer.out).not.toContain('breaker-open');
  });

  it('says so where the pipeline does not say by which policy it plans', async () => {
    const answer = await status({ holds: [hold] });

    expect(answer.code).toBe(0);
    expect(answer.out).toContain('does not say by which policy it plans');
    expect(answer.out).toContain('state         held');
  });

  it('says when reconcile looks next, be it for the copy or for the plan', async () => {
    const reviewAt = new Date('2026-11-21T10:00:00Z');

    const answer = await status({ reviewAt, dueAt: new Date('2026-11-22T10:00:00Z') }, { policy });

    expect(answer.out).toContain('next look     2026-11-21T10:00:00.000Z');
  });

  it('fits in 80 columns but for the key of the copy', async () => {
    const everything = { ...fullRecording(), contacts: [complete, failed], holds: [hold], version: 0 };

    const answer = await status(everything, { policy, typed: ['--reveal'] });

    const wide = answer.out.split('\n').filter((line) => line.length > 80);
    expect(wide.map((line) => line.trim())).toEqual([`${sids.account()}/2026/11/20/${sids.recording()}.wav`]);
  });
});

describe('the words for a refusal', () => {
  it.each(refusalReasons)('%s has words of its own, short enough for one line', (reason) => {
    const others = refusalReasons.filter((other) => other !== reason).map((other) => refusalWords[other]);

    expect(refusalWords[reason].length).toBeGreaterThan(10);
    expect(refusalWords[reason].length).toBeLessThanOrEqual(72);
    expect(others).not.toContain(refusalWords[reason]);
  });
});
