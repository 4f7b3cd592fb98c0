import { sids } from '../support/example-sids.ts';
import { examplePolicy } from '../support/example-policy.ts';
import { statusBody } from '../support/contact-statuses.ts';
import { envelope } from '../support/journey/call.ts';
import { idsOfCall, sendStatus, sendStatusText } from '../support/journey/contact-status.ts';
import { startJourney } from '../support/journey/pipeline.ts';
import type { Journey, JourneyOptions } from '../support/journey/pipeline.ts';
import { atRest, restOf } from '../support/journey/rest.ts';
import { playScriptedCall } from '../support/journey/scripted-call.ts';

/** Deletion is on, with no grace and nothing to prove first: whatever is confirmed goes. */
const start = (options: JourneyOptions = {}): Journey => startJourney({ policy: examplePolicy(), ...options });

const ways = ['segment-link', 'callback', 'list'] as const;

async function recordingOf(journey: Journey, n = 1) {
  const recording = await journey.ledger.readRecording(sids.recording(n));
  if (recording === undefined) throw new Error('the recording is unknown to the ledger');
  return recording;
}

/** What happened to the recording, in the order of the facts, of what this is about. */
async function lifeOf(journey: Journey, n = 1): Promise<readonly string[]> {
  const timeline = await journey.ledger.timelineOf(sids.recording(n));
  return timeline
    .map(({ what }) => what)
    .filter((what) => ['archive verified', 'source deleted'].includes(what) || what.startsWith('contact '));
}

describe.each(ways)('a call whose recording is known by %s', (announcedBy) => {
  it('keeps its source until Calabrio has it too, and loses it then', async () => {
    const journey = start();
    const { sound } = playScriptedCall(journey, { announcedBy, wrapupSeconds: 20 });
    journey.plan(7200, () => sendStatus(journey));

    await journey.run(7100);
    const before = await recordingOf(journey);
    await journey.run();

    expect(before).toMatchObject({ deletion: { state: 'none' }, refusals: ['leg-missing'] });
    expect(await recordingOf(journey)).toMatchObject({ deletion: { state: 'deleted' } });
    expect(await restOf(journey, sound)).toMatchObject(atRest);
    expect(await lifeOf(journey)).toEqual(['archive verified', 'contact COMPLETE', 'source deleted']);
  });

  it('is archived first although Calabrio was done before', async () => {
    const journey = start();
    const { sound } = playScriptedCall(journey, { announcedBy, wrapupSeconds: 20 });
    journey.plan(66, () => sendStatus(journey));

    await journey.run();

    expect(await lifeOf(journey)).toEqual(['contact COMPLETE', 'archive verified', 'source deleted']);
    expect(await restOf(journey, sound)).toMatchObject(atRest);
  });

  it.each([
    ['the customer’s call', { sessionId: sids.call(2), legId: '' }],
    ['the task and the reservation', { sessionId: sids.task(), legId: sids.reservation() }],
    ['the conference and the recording', { sessionId: sids.conference(), legId: sids.recording() }],
  ])('is found although Calabrio spoke of %s before the call was known', async (_by, ids) => {
    const journey = start();
    sendStatus(journey, ids);
    const calls: { sound: Buffer }[] = [];
    journey.plan(600, () => calls.push(playScriptedCall(journey, { announcedBy, wrapupSeconds: 20 })));

    await journey.run();

    const recording = await recordingOf(journey);
    expect(recording.contacts).toMatchObject([{ ccrId: 4711, firstReceivedAt: new Date('2026-03-02T10:00:00Z') }]);
    expect(recording.deletion.state).toBe('deleted');
    expect(await restOf(journey, calls[0]?.sound ?? Buffer.alloc(0))).toMatchObject(atRest);
    expect(journey.measures.filter(({ name }) => name === 'contactStatuses')).toMatchObject([{ outcome: 'matched' }]);
  });
});

describe('Calabrio’s word', () => {
  /** A call that is over and archived, to the hour. */
  async function startArchived(options: JourneyOptions = {}): Promise<Journey> {
    const journey = start(options);
    playScriptedCall(journey, { announcedBy: 'segment-link', wrapupSeconds: 20 });
    await journey.run(3600);
    return journey;
  }

  it('FAILED keeps the source, and a later COMPLETE repairs it', async () => {
    const journey = await startArchived();
    sendStatus(journey, { status: 'FAILED', failureReason: 'the agent, Ada Example, hung up' });
    journey.plan(86_400, () => sendStatus(journey));

    await journey.run(80_000);
    const failed = await recordingOf(journey);
    await journey.run();

    expect(failed).toMatchObject({ deletion: { state: 'none' }, refusals: ['leg-failed'] });
    expect(await recordingOf(journey)).toMatchObject({ deletion: { state: 'deleted' } });
    expect(await lifeOf(journey)).toEqual(['archive verified', 'contact FAILED', 'contact COMPLETE', 'source deleted']);
    expect(JSON.stringify([journey.settled, await journey.ledger.timelineOf(sids.recording())])).not.toContain('Ada');
  });

  it('COMPLETE that is taken back within the grace deletes nothing, and rings', async () => {
    const journey = await startArchived({ policy: examplePolicy({ graceSeconds: 7200 }) });
    sendStatus(journey);
    journey.plan(3600, () => sendStatus(journey, { status: 'FAILED' }));

    await journey.run();

    expect(await recordingOf(journey)).toMatchObject({
      deletion: { state: 'none' },
      refusals: ['leg-failed'],
    });
    expect(journey.measures).toContainEqual({ name: 'completeThenFailed', outcome: 'failed', unit: 'Count', value: 1 });
  });

  it('is one contact however often it comes, and deletes once', async () => {
    const journey = await startArchived();
    for (const seconds of [0, 0, 1, 3600]) journey.plan(seconds, () => sendStatus(journey));

    await journey.run();

    const { contacts } = await recordingOf(journey);
    expect(contacts).toHaveLength(1);
    const [contact] = contacts;
    expect((contact?.lastReceivedAt.getTime() ?? 0) - (contact?.firstReceivedAt.getTime() ?? 0)).toBe(3_600_000);
    expect(journey.recordings.deletionRequests).toEqual([sids.recording()]);
  });

  it.each([
    ['a wrong token', {}, { credential: 'a-token-of-somebody-else-1' }],
    ['no token', {}, { credential: '' }],
    ['another tenant', { tenantId: 1002 }, {}],
  ])('with %s goes to quarantine and changes nothing', async (_what, keys, request) => {
    const journey = await startArchived();
    const before = await recordingOf(journey);
    sendStatus(journey, keys, request);

    await journey.run();

    expect(journey.quarantined).toHaveLength(1);
    expect((await recordingOf(journey)).contacts).toEqual(before.contacts);
    expect((await recordingOf(journey)).deletion.state).toBe('none');
    expect(await journey.ledger.inboxOf(sids.call(2))).toEqual([]);
  });

  it('counts from its receipt when it comes back from quarantine with the right token', async () => {
    const journey = await startArchived();
    sendStatus(journey, {}, { credential: 'a-token-that-comes-into-force-1' });
    const receivedAt = journey.now();
    await journey.run(7200);
    journey.rotateCalabrioToken('a-token-that-comes-into-force-1');

    expect(journey.redriveQuarantine()).toBe(1);
    await journey.run();

    expect((await recordingOf(journey)).contacts).toMatchObject([{ firstReceivedAt: receivedAt }]);
    expect((await recordingOf(journey)).deletion.state).toBe('deleted');
  });

  it('that cannot be read is parked with its reason', async () => {
    const journey = await startArchived();
    sendStatusText(journey, statusBody({ ccrId: 'Ada Example' }));

    await journey.run();

    expect(journey.deadLetters.map(({ reason }) => reason)).toEqual(['contact-status-malformed']);
    expect((await recordingOf(journey)).deletion.state).toBe('none');
  });

  it('of which nobody knows anything is told of once after a day, and waits on', async () => {
    const journey = await startArchived();
    sendStatus(journey, { sessionId: 'S-1', legId: 'L-1' });

    await journey.run(86_400 - 600);
    const early = journey.measures.filter(({ name }) => name === 'contactStatuses');
    await journey.run(7 * 86_400);

    expect(early).toEqual([]);
    expect(journey.measures.filter(({ name }) => name === 'contactStatuses')).toEqual([
      { name: 'contactStatuses', outcome: 'unmatched', unit: 'Count', value: 1 },
    ]);
    for (const alias of ['S-1', 'L-1'])
      expect(await journey.ledger.inboxOf(alias)).toMatchObject([{ isMatched: false }]);
  });
});

describe('a contact status of our own', () => {
  const target = {
    name: 'warehouse',
    url: 'https://warehouse.example.com/in',
    from: 'archive',
    tenantId: 1001,
  } as const;
  const policy = examplePolicy({}, { reports: { archive: true, calabrio: true } });

  it('confirms nothing when its target is our own route', async () => {
    const journey = start({ policy, reportTargets: [target] });
    playScriptedCall(journey, { announcedBy: 'segment-link', wrapupSeconds: 20 });
    await journey.run(3600);
    const [post] = journey.sender.posts;

    sendStatusText(journey, post?.body ?? '', { source: post?.headers['x-contact-status-source'] ?? '' });
    await journey.run(3600);

    expect(JSON.parse(post?.body ?? '{}')).toMatchObject({ status: 'COMPLETE', ...idsOfCall() });
    expect(journey.settled.at(-1)).toMatchObject({ outcome: 'ignored', reason: 'own-report' });
    expect(await recordingOf(journey)).toMatchObject({ contacts: [], deletion: { state: 'none' } });
    expect(journey.sender.posts).toHaveLength(1);
  });

  it('confirms nothing either when somebody on the way dropped our header', async () => {
    const journey = start({ policy, reportTargets: [target] });
    playScriptedCall(journey, { announcedBy: 'segment-link', wrapupSeconds: 20 });
    await journey.run(3600);

    sendStatusText(journey, journey.sender.posts[0]?.body ?? '');
    await journey.run(3600);

    expect(await recordingOf(journey)).toMatchObject({ deletion: { state: 'none' }, refusals: ['leg-missing'] });
  });
});

describe('a contact status of Calabrio’s', () => {
  it('reaches whoever wants it word for word, also when it leads nowhere', async () => {
    const target = { name: 'mirror', url: 'https://mirror.example.com/in', from: 'calabrio', tenantId: 1001 } as const;
    const policy = examplePolicy({}, { reports: { archive: false, calabrio: true } });
    const journey = start({ policy, reportTargets: [target] });
    const body = ` {"ccrId": "7", "sessionId":"S", "tenantId":1001, "status":"QUEUED", "more":["ä"]} `;

    sendStatusText(journey, body);
    sendStatusText(journey, body, { credential: 'wrong' });
    await journey.run(3600);

    expect(journey.sender.posts.map((post) => post.body)).toEqual([body]);
  });
});

describe('a contact status of a chat', () => {
  it('is kept with its task and touches no recording', async () => {
    const journey = start();
    const chat = new URLSearchParams({
      Sid: sids.event(9),
      EventType: 'task.created',
      AccountSid: sids.account(),
      WorkspaceSid: sids.workspace(),
      TimestampMs: String(journey.now().getTime()),
      TaskSid: sids.task(9),
      TaskChannelUniqueName: 'chat',
      TaskAttributes: JSON.stringify({ conversationSid: sids.conversation(9) }),
    });
    playScriptedCall(journey, { announcedBy: 'segment-link', wrapupSeconds: 20 });
    journey.queues.send('enrich-task', envelope('twilio/task-events', chat, journey.now()), journey.now().getTime());
    journey.plan(600, () => sendStatus(journey, { sessionId: sids.task(9), legId: sids.conversation(9) }));

    await journey.run(3600);

    const timeline = await journey.ledger.timelineOf(sids.task(9));
    expect(timeline.filter(({ what }) => what.startsWith('contact '))).toMatchObject([{ what: 'contact COMPLETE' }]);
    expect((await recordingOf(journey)).contacts).toEqual([]);
    expect(journey.measures).toContainEqual({ name: 'contactStatuses', outcome: 'digital', unit: 'Count', value: 1 });
  });
});
