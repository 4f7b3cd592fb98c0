// Long because every way in which a status finds what it is about, or does not, is told here.
import { calabrioStatus, readCalabrioStatusMessage } from '../../../lambdas/calabrio-status/handler.ts';
import { calabrioProveContactStatus } from '../../../lambdas/shared/adapters/calabrio/prove-contact-status.ts';
import { PermanentError, UnprovedSenderError, done, ignored } from '../../../lambdas/shared/domain/outcome.ts';
import type { Outcome } from '../../../lambdas/shared/domain/outcome.ts';
import type { Policy } from '../../../lambdas/shared/domain/policy.ts';
import type { RecordingRecord } from '../../../lambdas/shared/domain/recording-record.ts';
import type { TaskRecord } from '../../../lambdas/shared/domain/task-record.ts';
import { calabrioToken, contactStatusEnvelope, statusBody } from '../../support/contact-statuses.ts';
import type { StatusKeys, StatusRequest } from '../../support/contact-statuses.ts';
import { cautiousPolicy, examplePolicy, exampleTenantId } from '../../support/example-policy.ts';
import { sids } from '../../support/example-sids.ts';
import { failureOf } from '../../support/failure-of.ts';
import { exampleRecording, exampleTask } from '../../support/ledger/example-records.ts';
import { memorySecret } from '../../support/runtime/memory-secret.ts';
import { at, contextOf, startWorld } from './world.ts';
import type { World } from './world.ts';

const secret = { webhookTokens: { current: calabrioToken } };

/** A world in which Calabrio is configured, deletion is on, and it is 11:00. */
function startCalabrio(policy: Policy = examplePolicy()) {
  const world = { ...startWorld(), policy, proveContactStatus: calabrioProveContactStatus(memorySecret(secret)) };
  world.setClock('11:00:00');
  return world;
}

const handle = (world: ReturnType<typeof startCalabrio>, queueBody: string, messageId = 'm-1'): Promise<Outcome> =>
  calabrioStatus(world)(readCalabrioStatusMessage(queueBody), contextOf(messageId));

/** What came of a status that was received at `time`. */
const receive = (
  world: ReturnType<typeof startCalabrio>,
  keys: StatusKeys = {},
  { time = '10:30:00', messageId = 'm-1', ...request }: StatusRequest & { time?: string; messageId?: string } = {},
): Promise<Outcome> => handle(world, contactStatusEnvelope(statusBody(keys), at(time), request), messageId);

const matchAgain = (world: ReturnType<typeof startCalabrio>, alias: string): Promise<Outcome> =>
  handle(world, JSON.stringify({ v: 1, route: 'internal/match-contact-status', alias, cause: 'EV9' }), 'm-9');

const nobody = { sessionId: 'somebody', legId: '' };

/** A call in the ledger: the task `n` with customer's call 2n, agent's call 2n + 1, conference, one leg and its recording. */
async function putCall(
  world: World,
  n = 1,
  changes: { readonly task?: Partial<TaskRecord>; readonly recording?: Partial<RecordingRecord> } = {},
): Promise<void> {
  await putTaskRecord(world, n, changes.task);
  await world.ledger.saveRecording(
    exampleRecording({
      recordingSid: sids.recording(n),
      source: { status: 'completed', conferenceSid: sids.conference(n) },
      taskSids: [sids.task(n)],
      ...changes.recording,
    }),
  );
  await world.ledger.addAliases([sids.conference(n)], sids.recording(n));
}

async function putTaskRecord(world: World, n = 1, changes: Partial<TaskRecord> = {}): Promise<void> {
  const leg = { reservationSid: sids.reservation(n), workerCallSid: sids.call(2 * n + 1), acceptedAt: at('10:00:00') };
  const task = exampleTask({
    taskSid: sids.task(n),
    channel: 'voice',
    callSids: [sids.call(2 * n), sids.call(2 * n + 1)],
    customerCallSid: sids.call(2 * n),
    conferenceSids: [sids.conference(n)],
    legs: [leg],
    recordings: [{ recordingSid: sids.recording(n), foundBy: 'callback', kind: 'conference', isAbsent: false }],
    endedAt: at('10:10:00'),
    endedBy: 'completed',
    ...changes,
  });
  await world.ledger.saveTask(task);
  const aliases = [
    task.taskSid,
    ...task.callSids,
    ...task.conferenceSids,
    ...task.conversationSids,
    ...task.legs.map(({ reservationSid }) => reservationSid),
  ];
  await world.ledger.addAliases(aliases, task.taskSid);
}

/** What the recording's timeline says of contacts. */
async function toldOf(world: World, n = 1): Promise<readonly string[]> {
  const timeline = await world.ledger.timelineOf(sids.recording(n));
  return timeline.filter(({ what }) => what.startsWith('contact ')).map(({ what }) => what);
}

const countsOf = (world: World): readonly string[] => world.measures.map(({ name, outcome }) => `${name} ${outcome}`);

describe('the messages of calabrio-status', () => {
  it('are contact statuses and the wish to match them again, and no others', () => {
    const other = JSON.stringify({ v: 1, route: 'internal/delete-source', recordingSid: sids.recording(), cause: 'x' });

    expect(() => readCalabrioStatusMessage(other)).toThrow(PermanentError);
  });
});

describe('a request of Calabrio’s route', () => {
  it('is a probe when it is empty, and needs neither token nor secret', async () => {
    const world = startCalabrio();
    const unreadable = { ...world, proveContactStatus: async () => Promise.reject(new Error('the secret was read')) };

    const outcome = await handle(unreadable, contactStatusEnvelope(' \r\n', at('10:30:00'), { credential: '' }));

    expect(outcome).toEqual(ignored('probe'));
    expect(await world.inbox.inboxOf('')).toEqual([]);
  });

  it('changes nothing when its token is wrong', async () => {
    const world = startCalabrio();
    await putCall(world);

    const failure = await failureOf(receive(world, { sessionId: sids.conference() }, { credential: 'wrong' }));

    expect(failure).toBeInstanceOf(UnprovedSenderError);
    expect(await world.recording()).toMatchObject({ version: 1, contacts: [] });
    expect(await world.inbox.inboxOf(sids.conference())).toEqual([]);
    expect(world.queues.sent).toEqual([]);
  });

  it.each(['archive', ' ARCHIVE ', 'calabrio, archive'])(
    'confirms nothing when it is our own report, as %j says',
    async (source) => {
      const world = startCalabrio(examplePolicy({}, { reports: { archive: true, calabrio: true } }));
      await putCall(world);

      expect(await receive(world, { sessionId: sids.conference() }, { source })).toEqual(ignored('own-report'));

      expect(await world.recording()).toMatchObject({ version: 1, contacts: [] });
      expect(await world.inbox.inboxOf(sids.conference())).toEqual([]);
      expect(world.queues.sent).toEqual([]);
    },
  );

  it('confirms nothing when the tenant that it waited for is not the configured one any more', async () => {
    const world = startCalabrio();
    await receive(world, { sessionId: sids.conference() });
    await putCall(world);
    const { calabrio } = world.policy;
    if (calabrio === undefined) throw new Error('the example policy has a Calabrio');
    const elsewhere = {
      ...world,
      policy: { ...world.policy, calabrio: { ...calabrio, tenantId: exampleTenantId + 1 } },
    };

    expect(await matchAgain(elsewhere, sids.conference())).toEqual(ignored('contact-unmatched'));

    expect(await world.recording()).toMatchObject({ contacts: [] });
    expect(world.queues.sent).toEqual([]);
  });

  it('is not believed to be our own report before it is proved', async () => {
    const failure = await failureOf(receive(startCalabrio(), {}, { source: 'archive', credential: 'wrong' }));

    expect(failure).toBeInstanceOf(UnprovedSenderError);
  });

  it('is parked when it is malformed, and changes nothing', async () => {
    const world = startCalabrio();
    await putCall(world);

    const failure = await failureOf(receive(world, { sessionId: sids.conference(), ccrId: 'none' }));

    expect(failure).toMatchObject({ reason: 'contact-status-malformed' });
    expect(await world.inbox.inboxOf(sids.conference())).toEqual([]);
  });

  it('is quarantined when it is another tenant’s, or when there is none here', async () => {
    for (const [policy, tenantId] of [
      [examplePolicy(), exampleTenantId + 1],
      [cautiousPolicy(), exampleTenantId],
    ] as const) {
      const world = startCalabrio(policy);
      await putCall(world);

      const failure = await failureOf(receive(world, { sessionId: sids.conference(), tenantId }));

      expect(failure).toBeInstanceOf(UnprovedSenderError);
      expect(failure).toMatchObject({ reason: 'tenant-mismatch' });
      expect(await world.inbox.inboxOf(sids.conference())).toEqual([]);
    }
  });

  it('is passed on word for word where somebody wants it, found or not', async () => {
    const world = startCalabrio(examplePolicy({}, { reports: { archive: false, calabrio: true } }));
    const body = ` {"tenantId":1001, "ccrId":"7","status":"COMPLETE","sessionId":"x","note":"ä"}\n`;

    await handle(world, contactStatusEnvelope(body, at('10:30:00')));

    expect(world.queues.sent.map(({ message }) => message)).toEqual([
      { v: 1, route: 'internal/relay-contact-status', body, cause: 'm-1' },
    ]);
  });

  it('is not passed on again when somebody passed it on to us: it might go round without end', async () => {
    const world = startCalabrio(examplePolicy({}, { reports: { archive: false, calabrio: true } }));
    const body = '{"tenantId":1001,"ccrId":7,"status":"COMPLETE","sessionId":"x","legId":"y"}';

    await handle(world, contactStatusEnvelope(body, at('10:30:00'), { source: 'calabrio' }));

    expect(world.queues.sent).toEqual([]);
    expect(await world.inbox.inboxOf('x')).toHaveLength(1);
  });

  it('repairs nothing when what we passed on comes round, though delivered again it is the same request', async () => {
    const world = startCalabrio();
    await putCall(world);
    const body = statusBody({ sessionId: sids.conference(), legId: sids.call(3) });
    const passedOn = { source: 'calabrio' };

    expect(await handle(world, contactStatusEnvelope(body, at('10:30:00'), passedOn))).toEqual(done);
    expect(await handle(world, contactStatusEnvelope(body, at('10:30:00'), passedOn))).toEqual(done);
    expect(await handle(world, contactStatusEnvelope(body, at('10:40:00'), passedOn))).toEqual(ignored('own-report'));
    expect((await world.recording()).contacts).toMatchObject([{ lastReceivedAt: at('10:30:00') }]);
  });
});

describe('a contact status', () => {
  it.each([
    ['the conference', { ...nobody, sessionId: sids.conference() }],
    ['the customer’s call', { ...nobody, sessionId: sids.call(2) }],
    ['the agent’s call', { ...nobody, legId: sids.call(3) }],
    ['the task', { ...nobody, sessionId: sids.task() }],
    ['the reservation', { ...nobody, legId: sids.reservation() }],
    ['the recording', { ...nobody, legId: sids.recording() }],
    ['a call within a longer id', { ...nobody, sessionId: `flex:${sids.call(2)}/1` }],
    ['an id in blanks', { ...nobody, sessionId: ` ${sids.conference()} ` }],
  ])('finds its recording by %s', async (_by, ids) => {
    const world = startCalabrio();
    await putCall(world);
    await putCall(world, 2);

    expect(await receive(world, ids)).toEqual(done);

    expect((await world.recording()).contacts).toMatchObject([
      { ccrId: 4711, status: 'COMPLETE', firstReceivedAt: at('10:30:00'), isContradictory: false },
    ]);
    expect((await world.recording(2)).contacts).toEqual([]);
    expect(countsOf(world)).toEqual(['contactStatuses matched']);
  });

  it('is told in the timeline by its word, its time and its number, and nothing of its reason', async () => {
    const world = startCalabrio();
    await putCall(world);

    await receive(world, {
      ...nobody,
      legId: sids.recording(),
      status: 'FAILED',
      failureReason: 'Ada Example hung up',
    });

    const timeline = await world.ledger.timelineOf(sids.recording());
    expect(timeline).toContainEqual({
      of: sids.recording(),
      occurredAt: at('10:30:00'),
      cause: 'm-1',
      what: 'contact FAILED',
      actor: 'calabrio',
      after: 'ccrId 4711',
    });
    expect(JSON.stringify(timeline)).not.toContain('Ada');
    expect((await world.recording()).contacts).toMatchObject([{ failureReason: 'Ada Example hung up' }]);
  });

  it.each([
    ['UPLOADING', 'contact status UPLOADING'],
    ['In progress: Ada', 'contact status other'],
    ['A'.repeat(33), 'contact status other'],
    ['complete', 'contact status other'],
  ])('that says %j is kept, told as %j and not acted on', async (status, what) => {
    const world = startCalabrio();
    await putCall(world);

    await receive(world, { ...nobody, legId: sids.recording(), status });

    expect(await toldOf(world)).toEqual([what]);
    expect((await world.recording()).contacts).toMatchObject([{ status }]);
    expect((await world.recording()).refusals).toContain('leg-missing');
  });

  it('notes SIDs for the log and nothing else', async () => {
    const world = startCalabrio();
    await putCall(world);
    const context = contextOf();

    const body = statusBody({ ...nobody, legId: sids.recording(), failureReason: 'Ada' });
    await calabrioStatus(world)(readCalabrioStatusMessage(contactStatusEnvelope(body, at('10:30:00'))), context);

    expect(context.noted).toEqual([{ recordingSid: sids.recording() }]);
  });

  it('changes nothing when it comes again from the queue', async () => {
    const world = startCalabrio();
    await putCall(world);
    await receive(world, { ...nobody, legId: sids.recording() });
    const before = await world.recording();

    expect(await receive(world, { ...nobody, legId: sids.recording() })).toEqual(done);

    expect(await world.recording()).toEqual(before);
    expect(await toldOf(world)).toEqual(['contact COMPLETE']);
    expect(await world.inbox.inboxOf(sids.recording())).toHaveLength(1);
  });

  it('is kept with both its times when Calabrio sends it twice', async () => {
    const world = startCalabrio();
    await putCall(world);
    await receive(world, { ...nobody, legId: sids.recording() }, { time: '10:40:00', messageId: 'm-2' });
    await receive(world, { ...nobody, legId: sids.recording() }, { time: '10:30:00' });

    expect((await world.recording()).contacts).toMatchObject([
      { firstReceivedAt: at('10:30:00'), lastReceivedAt: at('10:40:00') },
    ]);
    expect(await toldOf(world)).toEqual(['contact COMPLETE', 'contact COMPLETE']);
  });

  it('waits for nobody once it is matched', async () => {
    const world = startCalabrio();
    await putCall(world);

    await receive(world, { sessionId: sids.conference(), legId: sids.call(3) });

    for (const alias of [sids.conference(), sids.call(3)]) {
      const [item, ...others] = await world.inbox.inboxOf(alias);
      expect(others).toEqual([]);
      expect(item).toMatchObject({ alias, isMatched: true, receivedAt: at('10:30:00') });
      expect(item).not.toHaveProperty('dueAt');
    }
  });

  it('lies in the inbox before anybody looks whom it is about', async () => {
    const world = startCalabrio();
    const order: string[] = [];
    const ledger = { ...world.ledger, findByAlias: async (alias: string) => looked(alias) };
    const looked = (alias: string) => {
      order.push('look');
      return world.ledger.findByAlias(alias);
    };
    const inbox = {
      ...world.ledger,
      putInInbox: async (item: Parameters<World['inbox']['putInInbox']>[0]) => {
        order.push('keep');
        return world.ledger.putInInbox(item);
      },
    };

    await receive({ ...world, ledger, inbox }, { sessionId: sids.conference(), legId: sids.call(3) });

    // Whether it is about somebody who was erased is looked at before it is kept.
    expect(order).toEqual(['look', 'look', 'keep', 'keep', 'look', 'look']);
  });
});

describe('a contact status whose two ids say different things', () => {
  const both = { sessionId: sids.task(), legId: sids.recording(2) };

  it('is about what both lead to', async () => {
    const world = startCalabrio();
    await putCall(world);
    await world.ledger.saveRecording(exampleRecording({ recordingSid: sids.recording(2), taskSids: [sids.task()] }));
    await world.ledger.addAliases([sids.call(3)], sids.recording(2));

    await receive(world, both);

    expect((await world.recording(2)).contacts).toMatchObject([{ isContradictory: false }]);
    expect((await world.recording()).contacts).toEqual([]);
  });

  it('is kept at all of them and confirms none where they have nothing in common', async () => {
    const world = startCalabrio();
    await putCall(world);
    await putCall(world, 2);

    await receive(world, both);

    for (const n of [1, 2]) {
      const recording = await world.recording(n);
      expect(recording.contacts).toMatchObject([{ isContradictory: true }]);
      expect(recording.refusals).toContain('leg-ambiguous');
    }
    const [line] = await world.ledger.timelineOf(sids.recording(2));
    expect(line?.after).toBe('ccrId 4711, its ids lead to different recordings');
  });

  it('is about what one of them leads to where the other leads nowhere', async () => {
    const world = startCalabrio();
    await putCall(world);

    await receive(world, { sessionId: sids.conference(9), legId: sids.reservation() });

    expect((await world.recording()).contacts).toMatchObject([{ isContradictory: false }]);
  });

  it('is contradicted when the other id turns out to be another call’s', async () => {
    const world = startCalabrio();
    await putCall(world);
    await receive(world, { sessionId: sids.conference(), legId: sids.call(5) });
    await putCall(world, 2);

    await matchAgain(world, sids.call(5));

    expect((await world.recording()).contacts).toMatchObject([{ isContradictory: true }]);
    expect((await world.recording(2)).contacts).toMatchObject([{ isContradictory: true }]);
  });

  it('names a call whole before any part of the other id counts', async () => {
    const world = startCalabrio();
    await putCall(world);
    await putCall(world, 2);
    await world.ledger.addAliases([`${sids.call(2)}-${sids.call(4)}`], sids.task());

    await receive(world, { ...nobody, sessionId: `${sids.call(2)}-${sids.call(4)}` });

    expect((await world.recording()).contacts).toMatchObject([{ isContradictory: false }]);
    expect((await world.recording(2)).contacts).toEqual([]);
  });

  it('confirms nothing when the parts of one id are different calls', async () => {
    const world = startCalabrio();
    await putCall(world);
    await putCall(world, 2);

    await receive(world, { ...nobody, sessionId: `${sids.call(2)}-${sids.call(4)}` });

    expect((await world.recording()).contacts).toMatchObject([{ isContradictory: true }]);
    expect((await world.recording(2)).contacts).toMatchObject([{ isContradictory: true }]);
  });

  it('confirms nothing when one id is two tasks’, each with a recording of its own', async () => {
    const world = startCalabrio();
    await putCall(world);
    await putCall(world, 2);
    await world.ledger.addAliases([sids.call(9)], sids.task(1));
    await world.ledger.addAliases([sids.call(9)], sids.task(2));

    await receive(world, { ...nobody, sessionId: sids.call(9) });

    expect((await world.recording()).contacts).toMatchObject([{ isContradictory: true }]);
    expect((await world.recording(2)).contacts).toMatchObject([{ isContradictory: true }]);
  });

  it('is believed when one id is two tasks’ that share their recording', async () => {
    const world = startCalabrio();
    await putCall(world);
    await putTaskRecord(world, 2, {
      callSids: [sids.call(2)],
      conferenceSids: [],
      legs: [],
      recordings: [{ recordingSid: sids.recording(), foundBy: 'list', kind: 'conference', isAbsent: false }],
    });

    await receive(world, { ...nobody, sessionId: sids.call(2) });

    expect((await world.recording()).contacts).toMatchObject([{ isContradictory: false }]);
  });
});

describe('a contact status that leads nowhere', () => {
  it('waits under each of its ids, with one appointment a day later', async () => {
    const world = startCalabrio();

    const outcome = await receive(world, { sessionId: sids.conference(9), legId: `x-${sids.call(9)}` });

    expect(outcome).toEqual(ignored('contact-unmatched'));
    const items = await Promise.all(
      [sids.conference(9), `x-${sids.call(9)}`, sids.call(9)].map((alias) => world.inbox.inboxOf(alias)),
    );
    expect(items.flat()).toMatchObject([
      { alias: sids.conference(9), isMatched: false, dueAt: new Date('2026-03-03T10:30:00Z') },
      { alias: `x-${sids.call(9)}`, isMatched: false },
      { alias: sids.call(9), isMatched: false },
    ]);
    expect(items.flat().filter(({ dueAt }) => dueAt !== undefined)).toHaveLength(1);
    expect(world.measures).toEqual([]);
  });

  it('lies under Calabrio’s own number when it has no id at all', async () => {
    const world = startCalabrio();

    expect(await receive(world, { sessionId: '', legId: null })).toEqual(ignored('contact-unmatched'));

    expect(await world.inbox.inboxOf('ccr:4711')).toMatchObject([{ dueAt: new Date('2026-03-03T10:30:00Z') }]);
  });

  it('finds no recording by naming one that the ledger does not have', async () => {
    const world = startCalabrio();

    expect(await receive(world, { ...nobody, legId: sids.recording(9) })).toEqual(ignored('contact-unmatched'));

    expect(await world.ledger.readRecording(sids.recording(9))).toBeUndefined();
  });

  it('waits when its task has no recording yet', async () => {
    const world = startCalabrio();
    await putTaskRecord(world);

    expect(await receive(world, { ...nobody, sessionId: sids.task() })).toEqual(ignored('contact-unmatched'));
    await world.ledger.saveRecording(exampleRecording({ taskSids: [sids.task()] }));

    expect(await matchAgain(world, sids.task())).toEqual(done);
    expect((await world.recording()).contacts).toMatchObject([{ firstReceivedAt: at('10:30:00') }]);
    expect(countsOf(world)).toEqual(['contactStatuses matched']);
  });

  it('waits when all that it leads to holds no sound', async () => {
    const world = startCalabrio();
    await putCall(world, 1, { recording: { source: { status: 'absent', conferenceSid: sids.conference() } } });

    expect(await receive(world, { ...nobody, sessionId: sids.task() })).toEqual(ignored('contact-unmatched'));
  });

  it('is told of once when it is a day old, and is still matched when its call appears', async () => {
    const world = startCalabrio();
    await receive(world, { ...nobody, sessionId: sids.call(2) });

    await matchAgain(world, sids.call(2));
    expect(countsOf(world)).toEqual([]);
    const later = { ...world, now: () => new Date('2026-03-03T10:30:00Z') };
    expect(await matchAgain(later, sids.call(2))).toEqual(ignored('contact-unmatched'));
    await matchAgain(later, sids.call(2));

    expect(countsOf(world)).toEqual(['contactStatuses unmatched']);
    const [item] = await world.inbox.inboxOf(sids.call(2));
    expect(item).toMatchObject({ isMatched: false });
    expect(item).not.toHaveProperty('dueAt');
    await putCall(world);
    expect(await matchAgain(later, sids.call(2))).toEqual(done);
    expect((await world.recording()).contacts).toMatchObject([{ firstReceivedAt: at('10:30:00') }]);
  });

  it('is matched with everything else that waits under the id', async () => {
    const world = startCalabrio();
    await receive(world, { ...nobody, sessionId: sids.call(2), ccrId: 1 });
    await receive(world, { sessionId: 'of a group', legId: sids.call(2), ccrId: 2 }, { time: '10:31:00' });
    await putCall(world);

    expect(await matchAgain(world, sids.call(2))).toEqual(done);

    expect((await world.recording()).contacts.map(({ ccrId }) => ccrId).toSorted()).toEqual([1, 2]);
    expect(await world.inbox.inboxOf('of a group')).toMatchObject([{ isMatched: true }]);
  });
});

describe('a contact status of a chat', () => {
  const chat = { channel: 'chat', callSids: [], conferenceSids: [], legs: [], recordings: [] };

  it.each([
    ['on a channel on which nobody speaks', { ...chat }],
    [
      'on an unnamed channel with a conversation',
      { ...chat, channel: 'flex', conversationSids: [sids.conversation()] },
    ],
  ])('%s is told in the task’s timeline and touches no recording', async (_which, task) => {
    const world = startCalabrio();
    await putTaskRecord(world, 1, task);
    await putCall(world, 2);

    expect(await receive(world, { ...nobody, sessionId: sids.task() })).toEqual(done);

    expect(await world.ledger.timelineOf(sids.task())).toMatchObject([
      { occurredAt: at('10:30:00'), what: 'contact COMPLETE', actor: 'calabrio', after: 'ccrId 4711' },
    ]);
    expect(await world.inbox.inboxOf(sids.task())).toMatchObject([{ isMatched: true }]);
    expect(world.ledger.recordings()).toMatchObject([{ version: 1, contacts: [] }]);
    expect(countsOf(world)).toEqual(['contactStatuses digital']);
    expect(world.queues.sent).toEqual([]);
  });

  it('is told once, however often it is matched again', async () => {
    const world = startCalabrio();
    await putTaskRecord(world, 1, chat);
    await receive(world, { ...nobody, sessionId: sids.task() });

    expect(await matchAgain(world, sids.task())).toEqual(done);

    expect(await world.ledger.timelineOf(sids.task())).toHaveLength(1);
    expect(countsOf(world)).toEqual(['contactStatuses digital']);
  });

  it.each([
    ['a task of a call', {}],
    ['a chat that became a call', { ...chat, callSids: [sids.call(2)] }],
    [
      'a voice task with a conversation and no call yet',
      { ...chat, channel: 'voice', conversationSids: [sids.conversation()] },
    ],
  ])('it is not when it is of %s', async (_what, changes) => {
    const world = startCalabrio();
    await putTaskRecord(world, 1, { recordings: [], ...changes });

    expect(await receive(world, { ...nobody, sessionId: sids.task() })).toEqual(ignored('contact-unmatched'));
  });

  it('it is not while nothing is known of its task but its SID', async () => {
    const world = startCalabrio();
    await world.ledger.saveTask(exampleTask());

    expect(await receive(world, { ...nobody, sessionId: sids.task() })).toEqual(ignored('contact-unmatched'));
  });
});

describe('a FAILED', () => {
  const ids = { ...nobody, legId: sids.recording() };

  it('after a COMPLETE of the same contact is counted, and keeps the source', async () => {
    const world = startCalabrio();
    await putCall(world);
    await receive(world, ids);
    await receive(world, { ...ids, status: 'FAILED' }, { time: '10:40:00', messageId: 'm-2' });

    expect(countsOf(world)).toContain('completeThenFailed failed');
    expect((await world.recording()).refusals).toContain('leg-failed');
  });

  it('before the COMPLETE is not, whatever order they are matched in, and is repaired by it', async () => {
    const world = startCalabrio();
    await putCall(world);
    await receive(world, ids, { time: '10:40:00' });
    await receive(world, { ...ids, status: 'FAILED' }, { time: '10:30:00', messageId: 'm-2' });

    expect(countsOf(world)).toEqual(['contactStatuses matched', 'contactStatuses matched']);
    expect((await world.recording()).refusals).not.toContain('leg-failed');
  });

  it('of another contact than the COMPLETE is not', async () => {
    const world = startCalabrio();
    await putCall(world);
    await receive(world, ids);
    await receive(world, { ...ids, ccrId: 4712, status: 'FAILED' }, { time: '10:40:00', messageId: 'm-2' });

    expect(countsOf(world)).not.toContain('completeThenFailed failed');
  });
});

describe('what follows from a contact status', () => {
  const ids = { ...nobody, legId: sids.recording() };
  const replaced = { link: { state: 'written', writes: 1, seenAt: at('10:12:00'), replaced: 'https://x' } } as const;

  it('is planned: the recording says why its source stays', async () => {
    const world = startCalabrio();
    await putCall(world);

    await receive(world, ids);

    const recording = await world.recording();
    expect(recording.refusals).toContain('archive-unverified');
    expect(recording.refusals).not.toContain('leg-missing');
  });

  it('is a count of ingests when Calabrio completed a recording whose link we replaced', async () => {
    const world = startCalabrio();
    await putCall(world, 1, { task: replaced });

    await receive(world, ids);

    expect(world.queues.sentTo('internal/count-ingest')).toEqual([
      { v: 1, route: 'internal/count-ingest', recordingSid: sids.recording(), cause: 'm-1' },
    ]);
  });

  it.each([
    ['whose link nobody replaced', {}, ids],
    ['that failed', { task: replaced }, { ...ids, status: 'FAILED' }],
    ['that says something else', { task: replaced }, { ...ids, status: 'UPLOADING' }],
    ['without a number of Calabrio’s', { task: replaced }, { ...ids, ccrId: 0 }],
    [
      'of which another agent’s leg is missing',
      {
        task: {
          ...replaced,
          legs: [1, 2].map((n) => ({ reservationSid: sids.reservation(n), acceptedAt: at('10:00:00') })),
        },
      },
      { ...ids, sessionId: sids.reservation(1) },
    ],
    ['where no agent was', { task: { ...replaced, legs: [] } }, ids],
  ])('is no count of ingests for a recording %s', async (_which, call, keys) => {
    const world = startCalabrio();
    await putCall(world, 1, call);

    await receive(world, keys);

    expect(world.queues.sentTo('internal/count-ingest')).toEqual([]);
  });

  it('is said again when the message comes again, because its function may have died before', async () => {
    const world = startCalabrio();
    await putCall(world, 1, { task: replaced });
    world.queues.failNext('send', new Error('killed'));

    await expect(receive(world, ids)).rejects.toThrow('killed');
    await receive(world, ids);

    expect(world.queues.sentTo('internal/count-ingest')).toHaveLength(1);
    expect((await world.recording()).refusals).toContain('archive-unverified');
  });

  it('is nothing for a recording that was erased', async () => {
    const world = startCalabrio();
    await putCall(world, 1, { recording: { erasure: { state: 'erased', erasedAt: at('10:20:00') } } });

    expect(await receive(world, ids)).toEqual(ignored('tombstoned'));

    expect((await world.recording()).contacts).toEqual([]);
    expect(await toldOf(world)).toEqual([]);
    expect(await world.inbox.inboxOf(ids.legId)).toEqual([]);
  });
});
