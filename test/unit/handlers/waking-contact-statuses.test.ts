import { archiveRecording, readArchiveRecordingMessage } from '../../../lambdas/archive-recording/handler.ts';
import { enrichTask, readEnrichTaskMessage } from '../../../lambdas/enrich-task/handler.ts';
import { reconcile } from '../../../lambdas/reconcile/handler.ts';
import type { InboxItem } from '../../../lambdas/shared/ports/contact-inbox.ts';
import { cautiousPolicy, examplePolicy, exampleTenantId } from '../../support/example-policy.ts';
import { sids } from '../../support/example-sids.ts';
import { exampleTask } from '../../support/ledger/example-records.ts';
import { inMemoryLedger } from '../../support/ledger/in-memory-ledger.ts';
import { reconcileNeeds } from './reconcile-world.ts';
import { at, contextOf, envelope, startWorld } from './world.ts';
import type { World } from './world.ts';

/** A status that waits under `alias`. */
function waiting(alias: string, changes: Partial<InboxItem> = {}): InboxItem {
  return {
    alias,
    hash: alias.padEnd(64, '0'),
    contact: { ccrId: 1, sessionId: alias, legId: '', tenantId: exampleTenantId, status: 'COMPLETE' },
    receivedAt: at('09:59:00'),
    cause: 'm-0',
    isMatched: false,
    ...changes,
  };
}

const withCalabrio = (): World => ({ ...startWorld(), policy: examplePolicy() });

function taskEvent(world: World, attributes: object = { call_sid: sids.call(2) }) {
  const form = new URLSearchParams({
    Sid: sids.event(),
    EventType: 'reservation.accepted',
    AccountSid: sids.account(),
    WorkspaceSid: sids.workspace(),
    TimestampMs: String(world.now().getTime()),
    TaskSid: sids.task(),
    ReservationSid: sids.reservation(),
    TaskAttributes: JSON.stringify(attributes),
  });
  const message = readEnrichTaskMessage(envelope('twilio/task-events', form.toString()));
  return enrichTask(world)(message, contextOf());
}

function recordingCallback(world: World) {
  const form = new URLSearchParams({
    AccountSid: sids.account(),
    RecordingSid: sids.recording(),
    ConferenceSid: sids.conference(),
    RecordingStatus: 'in-progress',
  });
  const message = readArchiveRecordingMessage(envelope('twilio/recording-events', form.toString()));
  return archiveRecording(world)(message, contextOf());
}

const wokenAliases = (world: World): readonly string[] =>
  world.queues
    .sentTo('internal/match-contact-status')
    .map(({ alias }) => alias)
    .toSorted();

describe('an event of a task', () => {
  it.each([
    ['its task', sids.task()],
    ['its reservation', sids.reservation()],
    ['its call', sids.call(2)],
  ])('has the statuses matched that wait under %s, by its own name', async (_what, alias) => {
    const world = withCalabrio();
    await world.inbox.putInInbox(waiting(alias));
    await world.inbox.putInInbox(waiting(sids.call(9)));

    await taskEvent(world);

    expect(world.queues.sentTo('internal/match-contact-status')).toEqual([
      { v: 1, route: 'internal/match-contact-status', alias, cause: sids.event() },
    ]);
  });

  it('has also those matched that have found a recording, whose plan may know more now', async () => {
    const world = withCalabrio();
    await world.inbox.putInInbox(waiting(sids.reservation(), { isMatched: true }));

    await taskEvent(world);

    expect(wokenAliases(world)).toEqual([sids.reservation()]);
  });

  it('wakes nothing where there is no Calabrio', async () => {
    const world = { ...withCalabrio(), policy: cautiousPolicy() };
    await world.inbox.putInInbox(waiting(sids.task()));

    await taskEvent(world);

    expect(wokenAliases(world)).toEqual([]);
  });
});

describe('news of a recording', () => {
  const task = exampleTask({ conferenceSids: [sids.conference()], callSids: [sids.call(2)] });

  it('has the statuses matched that wait under its own ids and its tasks’', async () => {
    const world = withCalabrio();
    await world.ledger.saveTask(task);
    await world.ledger.addAliases([sids.conference()], sids.task());
    const aliases = [sids.recording(), sids.conference(), sids.task(), sids.call(2)];
    for (const alias of [...aliases, sids.call(9)]) await world.inbox.putInInbox(waiting(alias));

    await recordingCallback(world);

    expect(wokenAliases(world)).toEqual(aliases.toSorted());
  });

  it('wakes a status that another recording has found, and none that it has itself', async () => {
    const world = withCalabrio();
    await recordingCallback(world);
    const own = waiting(sids.conference(), { isMatched: true });
    const others = waiting(sids.recording(), { isMatched: true });
    const before = await world.recording();
    const contact = { ...own.contact, hash: own.hash, firstReceivedAt: own.receivedAt, lastReceivedAt: own.receivedAt };
    await world.ledger.saveRecording({ ...before, contacts: [{ ...contact, isContradictory: false }] });
    await world.inbox.putInInbox(own);
    await world.inbox.putInInbox(others);

    await recordingCallback(world);

    expect(wokenAliases(world)).toEqual([sids.recording()]);
  });

  it('wakes nothing where there is no Calabrio', async () => {
    const world = { ...withCalabrio(), policy: cautiousPolicy() };
    await world.inbox.putInInbox(waiting(sids.conference()));

    await recordingCallback(world);

    expect(wokenAliases(world)).toEqual([]);
  });
});

describe('a status that has waited for a day', () => {
  it('is sent to be matched again by the next run, and none before', async () => {
    const world = { ...startWorld(), ledger: inMemoryLedger() };
    await world.ledger.putInInbox(waiting('S-1', { dueAt: at('10:00:00') }));
    await world.ledger.putInInbox(waiting('S-2', { dueAt: at('10:00:00.001') }));
    await world.ledger.putInInbox(waiting('S-3'));

    const counted = await reconcile(reconcileNeeds(world))({ startedAt: world.now(), deadlineAt: at('10:05:00') });

    expect(counted).toMatchObject({ statusesResent: 1 });
    expect(world.queues.sent.map(({ message }) => message)).toEqual([
      { v: 1, route: 'internal/match-contact-status', alias: 'S-1', cause: 'reconcile@2026-03-02T10:00:00.000Z' },
    ]);
  });
});
