import { eraseMessages } from '../../../lambdas/erase-subject/erase-messages.ts';
import { eraseSubject, readEraseSubjectMessage } from '../../../lambdas/erase-subject/handler.ts';
import { certificateOf } from '../../../lambdas/shared/domain/erasure/certificate.ts';
import { PermanentError, RetryableError } from '../../../lambdas/shared/domain/outcome.ts';
import type { ErasureItem, ErasureRequest } from '../../../lambdas/shared/domain/erasure/erasure-request.ts';
import type { QueuedMessage, QueueReader } from '../../../lambdas/shared/ports/queue-reader.ts';
import { sids } from '../../support/example-sids.ts';
import { opaqueHash } from '../../support/fakes/in-memory-identity-map.ts';
import { reopenErasure } from '../../../lambdas/shared/steps/reopen-erasure.ts';
import { at, startErasureWorld } from '../../support/erasure/erasure-world.ts';
import type { ErasureWorld } from '../../support/erasure/erasure-world.ts';
import {
  ada,
  eventBatch,
  everythingHeld,
  grace,
  hashesOf,
  keysOf,
  playCall,
  playChat,
  taskEvent,
} from '../../support/erasure/play-life.ts';
import { exampleRecording, exampleTask } from '../../support/ledger/example-records.ts';
import { contextOf, envelope } from './world.ts';

const hold = { matter: 'CASE-17', placedBy: 'grace', why: 'a claim', placedAt: at('11:00:00') };
const minute = 60;

/** Ada has called twice and written once, Grace has called once. */
async function twoPeople(world: ErasureWorld): Promise<void> {
  await playCall(world, ada, 1);
  await playCall(world, ada, 2);
  await playChat(world, ada, 3);
  await playCall(world, grace, 4);
}

const everySid = [1, 2, 3, 4].flatMap((n) => [sids.task(n), sids.recording(n), sids.conversation(n)]);
const ofAda = /2025550143|ada@example\.com|Ada Example|Ada%20Example/gi;
const leaksOf = (text: string): readonly string[] => text.match(ofAda) ?? [];

const stateOf = ({ items }: ErasureRequest, sid: ErasureItem['sid']) => items.find((item) => item.sid === sid)?.state;

async function askForAda(world: ErasureWorld): Promise<void> {
  await world.ask({ subjectHashes: hashesOf(ada) });
}

/** The record of recording `n`. @throws when there is none */
async function recording(world: ErasureWorld, n: number) {
  const record = await world.ledger.readRecording(sids.recording(n));
  if (record === undefined) throw new Error(`no recording ${n}`);
  return record;
}

describe('erasing a person', () => {
  it('leaves nothing of them in any store, and everybody else’s as it was', async () => {
    const world = startErasureWorld();
    await twoPeople(world);
    const graces = async () => [
      keysOf(4).map((key) => world.versions.of(key)),
      await world.ledger.readTask(sids.task(4)),
      await recording(world, 4),
      await world.ledger.inboxOf(sids.call(4)),
      world.identities.all().get(opaqueHash('phone', grace.phone)),
    ];
    const before = await graces();
    expect(leaksOf(await everythingHeld(world, everySid))).not.toEqual([]);
    await askForAda(world);

    const request = await world.run();

    expect(request.state).toBe('finished');
    expect(leaksOf(await everythingHeld(world, everySid))).toEqual([]);
    expect(await graces()).toEqual(before);
    expect(world.recordings.deletionRequests).toEqual([sids.recording(1), sids.recording(2)]);
    expect(await world.conversations.fetch(sids.conversation(3))).toBeUndefined();
  });

  it('leaves no version and no delete marker of audio, sidecar or transcript', async () => {
    const world = startErasureWorld();
    await twoPeople(world);
    await askForAda(world);

    await world.run();

    const left = world.versions.keys().filter((key) => !key.startsWith('erasures/'));
    expect(left).toEqual(keysOf(4).toSorted());
  });

  it('writes tombstones: a recording, a transcript and a task of which nothing is known but that', async () => {
    const world = startErasureWorld();
    await twoPeople(world);
    await askForAda(world);

    await world.run();

    const record = await recording(world, 1);
    expect(record.erasure).toMatchObject({ state: 'erased', erasureId: 'er-1' });
    expect(record).toMatchObject({ archive: { state: 'none' }, contacts: [], linkRevoked: true });
    expect((await world.ledger.readTranscript(sids.conversation(3)))?.erasure.state).toBe('erased');
    expect(await world.ledger.readTask(sids.task(1))).toMatchObject({ erased: { erasureId: 'er-1' } });
    expect(world.index.all().has(opaqueHash('phone', ada.phone))).toBe(false);
  });

  it('waits until whoever began before the mark has ended, and takes away what that one has stored', async () => {
    const world = startErasureWorld();
    await twoPeople(world);
    await askForAda(world);
    await world.deliver();
    const [audioKey = ''] = keysOf(1);
    // archive-recording had read the source before the mark, and stores it now.
    world.versions.add(audioKey, { bytes: Buffer.from('late'), contentType: 'audio/x-wav', metadata: {} });

    expect((await recording(world, 1)).erasure.state).toBe('requested');
    const request = await world.run();

    expect(world.versions.of(audioKey)).toEqual([]);
    // Two versions and a late one of the audio, one of the sidecar and the marker over it.
    expect(stateOf(request, sids.recording(1))).toMatchObject({ kind: 'erased', objects: 5 });
    expect(world.now() >= new Date(at('12:00:00').getTime() + 16 * minute * 1000)).toBe(true);
  });

  it('takes a task that began before and came to light only afterwards, when it is taken up again', async () => {
    const world = startErasureWorld();
    await twoPeople(world);
    await askForAda(world);
    await world.run();
    const [phone = ''] = hashesOf(ada).slice(-1);
    expect(await world.index.erasuresOf(phone)).toEqual([{ erasureId: 'er-1', requestedAt: at('12:00:00') }]);
    // Its events were put off for hours; enrich-task has found the erasure under the hash.
    await playCall(world, ada, 5);
    await reopenErasure(world.has, 'er-1');

    const request = await world.run();

    expect(request).toMatchObject({ state: 'finished', finishedAt: world.now() });
    expect(stateOf(request, sids.recording(5))?.kind).toBe('erased');
    expect(leaksOf(await everythingHeld(world, [...everySid, sids.task(5), sids.recording(5)]))).toEqual([]);
  });

  it('does not end over what turns up while it looks for the last time', async () => {
    const world = startErasureWorld();
    await twoPeople(world);
    await askForAda(world);
    await world.deliver();
    world.pass(17 * minute);
    // archive-recording hears of it after the last look has begun, and leaves it to the erasure.
    const put = async (erasureId: string, json: string): Promise<void> => {
      const of = { recordingSid: sids.recording(8), taskSids: [sids.task(1)] };
      const erasure = { state: 'requested', requestedAt: world.now(), erasureId } as const;
      await world.ledger.saveRecording(exampleRecording({ ...of, erasure }));
      await world.ledger.addAliases([sids.call(1)], sids.recording(8));
      await reopenErasure(world.has, erasureId);
      await world.certificates.put(erasureId, json);
    };
    const certificates = { ...world.has.certificates, put };
    const message = { v: 1, route: 'internal/erase-subject', erasureId: 'er-1', cause: 'test' } as const;
    await eraseSubject({ ...world.has, certificates })(message, contextOf());

    const request = await world.run();

    expect(request.state).toBe('finished');
    expect(stateOf(request, sids.recording(8))?.kind).toBe('erased');
    expect((await recording(world, 8)).erasure.state).toBe('erased');
  });

  it('takes a task of which only the end, before the request, was told, and that after it', async () => {
    const world = startErasureWorld();
    await twoPeople(world);
    await askForAda(world);
    await world.deliver();
    const { createdAt: _untold, ...task } = exampleTask({ taskSid: sids.task(9), firstSeenAt: at('12:01:00') });
    await world.ledger.saveTask({ ...task, endedAt: at('11:30:00') });
    await world.index.add(opaqueHash('phone', ada.phone), sids.task(9));

    await world.run();

    expect((await world.ledger.readTask(sids.task(9)))?.erased).toBeDefined();
  });

  it('leaves a task alone that began after the request', async () => {
    const world = startErasureWorld();
    await twoPeople(world);
    await askForAda(world);
    await world.deliver();
    await world.ledger.saveTask(exampleTask({ taskSid: sids.task(9), createdAt: at('12:01:00') }));
    await world.index.add(opaqueHash('phone', ada.phone), sids.task(9));

    const request = await world.run();

    expect(request.taskSids).toEqual([sids.task(1), sids.task(2), sids.task(3)]);
    expect((await world.ledger.readTask(sids.task(9)))?.erased).toBeUndefined();
  });

  it('leaves the recording of another’s call that their follow-up task only quotes, and what is said of it', async () => {
    const world = startErasureWorld();
    await twoPeople(world);
    const followUp = exampleTask({
      ...{ taskSid: sids.task(9), endedAt: at('10:30:00'), endedBy: 'completed', subjectHashes: hashesOf(ada) },
      recordings: [{ recordingSid: sids.recording(4), foundBy: 'segment-link', kind: 'unknown', isAbsent: false }],
    });
    await world.ledger.saveTask(followUp);
    await world.index.add(opaqueHash('phone', ada.phone), sids.task(9));
    const graces = await recording(world, 4);
    await world.ledger.saveRecording({ ...graces, taskSids: [sids.task(4), sids.task(9)] });
    const callback = new URLSearchParams({ RecordingSid: sids.recording(4) }).toString();
    world.quarantine.put('m-11', envelope('twilio/recording-events', callback), at('11:00:00'));
    await askForAda(world);

    await world.run();

    expect((await world.ledger.readTask(sids.task(9)))?.erased).toBeDefined();
    expect(keysOf(4).flatMap((key) => world.versions.of(key))).not.toEqual([]);
    expect((await recording(world, 4)).erasure.state).toBe('none');
    expect(world.recordings.deletionRequests).not.toContain(sids.recording(4));
    expect(world.quarantine.all().map(({ messageId }) => messageId)).toEqual(['m-11']);
  });

  it('finds recordings of their calls at Twilio that nobody has told us of, and makes tombstones of them too', async () => {
    const world = startErasureWorld();
    await twoPeople(world);
    const source = { status: 'completed', startedAt: at('10:00:00'), conferenceSid: sids.conference(1) } as const;
    world.recordings.put({ recordingSid: sids.recording(8), accountSid: sids.account(), ...source });
    await askForAda(world);

    await world.run();

    expect((await recording(world, 8)).erasure.state).toBe('erased');
    expect(world.recordings.deletionRequests).toContain(sids.recording(8));
  });

  it('waits for a call that is on', async () => {
    const world = startErasureWorld();
    await twoPeople(world);
    const task = await world.ledger.readTask(sids.task(1));
    if (task === undefined) throw new Error('no task');
    const { endedAt: _ended, endedBy: _by, ...open } = task;
    await world.ledger.saveTask(open);
    await askForAda(world);

    await world.deliver();

    expect((await recording(world, 1)).erasure.state).toBe('none');
    expect((await recording(world, 2)).erasure.state).toBe('requested');
    await world.ledger.saveTask({ ...open, version: task.version + 1, endedAt: at('12:10:00'), endedBy: 'completed' });
    expect((await world.run()).state).toBe('finished');
  });

  it('waits for a chat that goes on under a task that began after the request', async () => {
    const world = startErasureWorld();
    await twoPeople(world);
    await askForAda(world);
    const later = exampleTask({ taskSid: sids.task(9), createdAt: at('12:01:00'), lastEventAt: at('12:01:00') });
    const { endedAt: _none, endedBy: _by, ...open } = later;
    await world.ledger.saveTask({ ...open, conversationSids: [sids.conversation(3)] });
    await world.ledger.addAliases([sids.conversation(3)], sids.task(9));
    world.pass(2 * minute);

    await world.deliver();
    world.pass(20 * minute);
    await world.deliver();

    expect(await world.conversations.fetch(sids.conversation(3))).toBeDefined();
    expect((await world.ledger.erasures.read('er-1'))?.state).toBe('open');

    const stored = await world.ledger.readTask(sids.task(9));
    if (stored === undefined) throw new Error('no task 9');
    await world.ledger.saveTask({ ...stored, endedAt: at('12:30:00'), endedBy: 'completed' });
    expect((await world.run()).state).toBe('finished');
    expect(await world.conversations.fetch(sids.conversation(3))).toBeUndefined();
    expect((await world.ledger.readTask(sids.task(9)))?.erased).toBeUndefined();
  });

  it('says what it did in numbers', async () => {
    const world = startErasureWorld();
    await twoPeople(world);
    await askForAda(world);

    await world.run();

    const counted = world.measures.map(({ name, outcome }) => `${name} ${outcome}`).toSorted();
    expect(counted).toEqual(['erasedItems erased', 'erasedItems erased', 'erasedItems erased', 'erasures finished']);
  });

  it('does nothing more once it is finished', async () => {
    const world = startErasureWorld();
    await twoPeople(world);
    await askForAda(world);
    const request = await world.run();

    await world.deliver();

    expect(await world.ledger.erasures.read('er-1')).toEqual(request);
  });
});

describe('what stands against an erasure', () => {
  it('is a hold: the held recording stays whole, with its task and what leads to it, and is tried again in a day', async () => {
    const world = startErasureWorld();
    await twoPeople(world);
    const before = await recording(world, 1);
    await world.ledger.saveRecording({ ...before, holds: [hold] });
    const versions = keysOf(1).map((key) => world.versions.of(key));
    await askForAda(world);

    const request = await world.run();

    expect(request).toMatchObject({ state: 'blocked', dueAt: new Date(world.now().getTime() + 24 * 3600 * 1000) });
    expect(stateOf(request, sids.recording(1))).toEqual({ kind: 'held', matters: ['CASE-17'] });
    expect(keysOf(1).map((key) => world.versions.of(key))).toEqual(versions);
    expect(await world.ledger.readTask(sids.task(1))).toMatchObject({ subjectHashes: hashesOf(ada) });
    expect((await recording(world, 2)).erasure.state).toBe('erased');
    expect(world.recordings.deletionRequests).toEqual([sids.recording(2)]);
  });

  it('ends when the hold is released: what was held goes as well', async () => {
    const world = startErasureWorld();
    await twoPeople(world);
    await world.ledger.saveRecording({ ...(await recording(world, 1)), holds: [hold] });
    await askForAda(world);
    await world.run();
    await world.ledger.saveRecording({ ...(await recording(world, 1)), holds: [] });

    world.pass(24 * 3600);
    await world.deliver();
    await world.run();

    expect((await world.ledger.erasures.read('er-1'))?.state).toBe('finished');
    expect(leaksOf(await everythingHeld(world, everySid))).toEqual([]);
  });

  it('is a compliance lock, whoever asks, until its date: nothing of the recording is touched', async () => {
    const world = startErasureWorld({ opensGovernance: true });
    await twoPeople(world);
    const until = new Date('2027-11-20T00:00:00Z');
    const [audioKey = ''] = keysOf(1);
    const [first] = world.versions.of(audioKey);
    world.versions.change(audioKey, first?.versionId ?? '', { lock: { mode: 'compliance', until } });
    await askForAda(world);

    const request = await world.run();

    expect(stateOf(request, sids.recording(1))).toEqual({ kind: 'locked', mode: 'compliance', until });
    // A second after the lock ends.
    expect(request).toMatchObject({ state: 'blocked', dueAt: new Date('2027-11-20T00:00:01Z') });
    expect(world.versions.of(audioKey)).toHaveLength(2);
    expect(world.recordings.deletionRequests).toEqual([sids.recording(2)]);
  });

  it.each([
    [true, 'finished'],
    [false, 'blocked'],
  ])('is a governance lock where the role may not open it (may: %s)', async (opensGovernance, state) => {
    const world = startErasureWorld({ opensGovernance });
    await twoPeople(world);
    const [audioKey = ''] = keysOf(1);
    const [first] = world.versions.of(audioKey);
    const lock = { mode: 'governance', until: new Date('2027-11-20T00:00:00Z') } as const;
    world.versions.change(audioKey, first?.versionId ?? '', { lock });
    await askForAda(world);

    expect((await world.run()).state).toBe(state);
    expect(world.versions.of(audioKey)).toHaveLength(opensGovernance ? 0 : 2);
  });

  it('is no legal hold that the ledger has released and S3 not yet', async () => {
    const world = startErasureWorld();
    await twoPeople(world);
    const [audioKey = ''] = keysOf(1);
    for (const { versionId } of world.versions.of(audioKey))
      world.versions.change(audioKey, versionId, { isHeld: true });
    await world.ledger.saveRecording({ ...(await recording(world, 1)), kept: { isHeld: true, at: at('11:00:00') } });
    await askForAda(world);

    expect((await world.run()).state).toBe('finished');
    expect(world.versions.of(audioKey)).toEqual([]);
  });

  it.each([
    ['recording', 1, 'wav'],
    ['transcript', 3, 'txt'],
  ] as const)('is a legal hold that somebody put on a %s in S3, past the ledger', async (_what, n, end) => {
    const world = startErasureWorld();
    await twoPeople(world);
    const sid = end === 'wav' ? sids.recording(n) : sids.conversation(n);
    const key = `${sids.account()}/2026/11/20/${sid}.${end}`;
    const before = world.versions.of(key);
    world.versions.change(key, before.at(-1)?.versionId ?? '', { isHeld: true });
    await askForAda(world);

    const request = await world.run();

    expect(request.state).toBe('blocked');
    expect(stateOf(request, sid)).toEqual({
      ...{ kind: 'held', matters: ['a legal hold in S3 that the ledger does not know'] },
    });
    expect(world.versions.of(key)).toHaveLength(before.length);
    expect(world.recordings.deletionRequests).not.toContain(sid);
    expect((await world.ledger.readTask(sids.task(n)))?.erased).toBeUndefined();
  });

  it('is for one recording alone what fails with that one: the others go', async () => {
    const world = startErasureWorld();
    await twoPeople(world);
    await askForAda(world);
    world.recordings.failNext(
      'deleteRecording',
      new RetryableError('Twilio is away', { reason: 'twilio-unavailable' }),
    );

    await expect(world.deliver()).rejects.toThrow('Twilio is away');

    const request = await world.ledger.erasures.read('er-1');
    // Reconcile leaves it alone for an hour, while its message comes again or lies aside.
    expect(request?.dueAt).toEqual(new Date(world.now().getTime() + 3_600_000));
    expect(request?.items.map(({ sid, state }) => [sid, state.kind])).toEqual([
      [sids.conversation(3), 'erased'],
      [sids.recording(1), 'open'],
      [sids.recording(2), 'erased'],
    ]);
  });

  it('is another account’s source, which is not ours to delete', async () => {
    const world = startErasureWorld();
    await twoPeople(world);
    await world.ledger.saveRecording({ ...(await recording(world, 1)), accountSid: sids.account(2) });
    await askForAda(world);

    const request = await world.run();

    expect(stateOf(request, sids.recording(1))).toMatchObject({ kind: 'erased', source: 'kept-by-another-account' });
    expect(world.recordings.deletionRequests).toEqual([sids.recording(2)]);
  });
});

describe('a hold that comes too late', () => {
  it('keeps what is left, and the certificate says that not all of it is', async () => {
    const world = startErasureWorld();
    await playCall(world, ada, 1);
    await askForAda(world);
    await world.deliver();
    const taken = await recording(world, 1);
    await world.ledger.saveRecording({ ...taken, holds: [hold] });

    const request = await world.run();

    const begunAt = taken.erasure.state === 'requested' ? taken.erasure.begunAt : undefined;
    expect(begunAt).toBeDefined();
    expect(stateOf(request, sids.recording(1))).toEqual({ kind: 'held', matters: ['CASE-17'], begunAt });
    expect(certificateOf(request).remaining).toContainEqual({
      what: 'held',
      of: sids.recording(1),
      why: `held for CASE-17, after its erasure had begun at ${begunAt?.toISOString() ?? ''}: only what was left then stays`,
    });
  });
});

describe('messages that were put aside', () => {
  it('are taken away when they speak of the person, by SID or by number, and left when they do not', async () => {
    const world = startErasureWorld();
    await twoPeople(world);
    world.deadLetters.put('m-1', taskEvent(ada, sids.task(1)), at('11:00:00'));
    world.deadLetters.put('m-2', taskEvent(grace, sids.task(4)), at('11:00:00'));
    world.quarantine.put('m-3', taskEvent(ada, undefined), at('11:00:00'));
    await askForAda(world);

    const request = await world.run();

    expect(world.deadLetters.all().map(({ messageId }) => messageId)).toEqual(['m-2']);
    expect(world.quarantine.all()).toEqual([]);
    expect(request.messagesRemoved).toBe(2);
  });

  it('are taken out of parked/ in every version', async () => {
    const world = startErasureWorld();
    await twoPeople(world);
    const parked = (body: string) => ({
      ...{ bytes: Buffer.from(JSON.stringify({ v: 1, queueName: 'q', messageId: 'm-4', attributes: {}, body })) },
      ...{ contentType: 'application/json', metadata: {} },
    });
    const key = 'parked/q/m-4.json';
    world.versions.add(key, parked(taskEvent(ada, undefined)));
    world.versions.add(key, parked(taskEvent(ada, undefined)));
    world.versions.hide(key);
    world.versions.add('parked/q/m-5.json', parked(taskEvent(grace, sids.task(4))));
    await askForAda(world);

    await world.run();

    expect(world.versions.keys().filter((one) => one.startsWith('parked/'))).toEqual(['parked/q/m-5.json']);
  });

  it('are kept, and named in the certificate, when they tell of others too', async () => {
    const world = startErasureWorld();
    await twoPeople(world);
    const both = [
      { person: ada, sid: sids.task(1) },
      { person: grace, sid: sids.task(4) },
    ];
    world.deadLetters.put('m-6', eventBatch(both), at('11:00:00'));
    world.deadLetters.put('m-7', eventBatch(both.slice(0, 1)), at('11:00:00'));
    await askForAda(world);

    const request = await world.run();

    expect(request.messagesKept).toEqual(['enrich-task-dead-letters/m-6']);
    expect(world.deadLetters.all().map(({ messageId }) => messageId)).toEqual(['m-6']);
    expect(world.certificates.all().get('er-1')).toContain('enrich-task-dead-letters/m-6');
  });

  it('are kept when they tell of several others and it is only beside them that the person is named', async () => {
    const world = startErasureWorld();
    await twoPeople(world);
    const ofOthers = [4, 5].map((n) => ({ person: grace, sid: sids.task(n) }));
    const envelope: object = JSON.parse(eventBatch(ofOthers));
    const sourceIp = Buffer.from(ada.phone).toString('base64');
    world.deadLetters.put('m-9', JSON.stringify({ ...envelope, sourceIp }), at('11:00:00'));
    await askForAda(world);

    const request = await world.run();

    expect(world.deadLetters.all().map(({ messageId }) => messageId)).toEqual(['m-9']);
    expect(request.messagesKept).toEqual(['enrich-task-dead-letters/m-9']);
  });

  it('are met to the last also in a queue so full that the first come to light again meanwhile', async () => {
    const world = startErasureWorld();
    const message = (n: number, body: string): QueuedMessage => ({
      ...{ messageId: `m-${n}`, receiptHandle: `h-${n}`, body, sentAt: at('11:00:00') },
      ...{ receiveCount: 1, attributes: {} },
    });
    const ofGrace = Array.from({ length: 20 }, (_one, n) => message(n, taskEvent(grace, sids.task(4))));
    const again = [ofGrace.slice(0, 10), ofGrace.slice(10)];
    const answers = [...again, ...again, [message(20, taskEvent(ada, sids.task(1)))]];
    const removed: string[] = [];
    const queue: QueueReader = {
      queueName: 'full',
      receive: async () => answers.shift() ?? [],
      remove: async ({ messageId }) => void removed.push(messageId),
    };

    await eraseMessages({ ...world.has, putAside: [queue] }, async (body) =>
      body === taskEvent(ada, sids.task(1)) ? 'all' : 'none',
    );

    expect(removed).toEqual(['m-20']);
  });

  it('are left when all that they have of the person’s id is a number like many', async () => {
    const world = startErasureWorld();
    await twoPeople(world);
    // Every envelope says "v":1.
    world.deadLetters.put('m-10', taskEvent(grace, sids.task(4)), at('11:00:00'));
    await world.ask({ subjectHashes: [opaqueHash('external_id', '1')] });

    await world.run();

    expect(world.deadLetters.all()).toHaveLength(1);
  });

  it('are left alone when they speak of what is held', async () => {
    const world = startErasureWorld();
    await twoPeople(world);
    await world.ledger.saveRecording({ ...(await recording(world, 1)), holds: [hold] });
    world.deadLetters.put('m-8', taskEvent(ada, sids.task(1)), at('11:00:00'));
    await askForAda(world);

    await world.run();

    expect(world.deadLetters.all()).toHaveLength(1);
  });
});

describe('erasing one recording', () => {
  it('takes that one and leaves the person’s others and their task', async () => {
    const world = startErasureWorld();
    await twoPeople(world);
    await world.ask({ items: [{ sid: sids.recording(1), state: { kind: 'open' } }] });

    const request = await world.run();

    expect(request.state).toBe('finished');
    expect((await recording(world, 1)).erasure.state).toBe('erased');
    expect((await recording(world, 2)).erasure.state).toBe('none');
    expect((await world.ledger.readTask(sids.task(1)))?.erased).toBeUndefined();
  });

  it('waits afresh for whoever had begun while it was held', async () => {
    const world = startErasureWorld();
    await twoPeople(world);
    await world.ledger.saveRecording({ ...(await recording(world, 1)), holds: [hold] });
    await world.ask({ items: [{ sid: sids.recording(1), state: { kind: 'open' } }] });
    await world.run();
    await world.ledger.saveRecording({ ...(await recording(world, 1)), holds: [] });
    world.pass(24 * 3600);
    await world.deliver();
    const [audioKey = ''] = keysOf(1);
    // archive-recording had begun a minute before the hold was released.
    world.versions.add(audioKey, { bytes: Buffer.from('late'), contentType: 'audio/x-wav', metadata: {} });

    const request = await world.run();

    expect(request.state).toBe('finished');
    expect(world.versions.of(audioKey)).toEqual([]);
  });

  it('makes a tombstone of one that nobody ever knew', async () => {
    const world = startErasureWorld();
    await world.ask({ items: [{ sid: sids.recording(7), state: { kind: 'open' } }] });

    const request = await world.run();

    expect(request.items).toMatchObject([{ sid: sids.recording(7), state: { kind: 'erased', source: 'never-was' } }]);
    expect((await recording(world, 7)).erasure.state).toBe('erased');
  });
});

describe('the certificate', () => {
  it('says what went, what is left and until when, what others must delete, and nothing of the person', async () => {
    const world = startErasureWorld();
    await twoPeople(world);
    await askForAda(world);

    await world.run();

    const text = world.certificates.all().get('er-1') ?? '';
    const certificate: unknown = JSON.parse(text);
    expect(certificate).toMatchObject({
      v: 1,
      state: 'finished',
      why: 'DSR-17',
      counts: { recordings: 2, transcripts: 1, objects: 10, messages: 0 },
      askFor: {
        calabrio: [
          { recordingSid: sids.recording(1), ccrId: 4711 },
          { recordingSid: sids.recording(2), ccrId: 4712 },
        ],
      },
    });
    // 40 days after 12:16 on 20 November 2026, the longest of the copies that are left; by GNU date.
    expect(certificate).toHaveProperty('lastCopyEndsAt', '2026-12-30T12:16:00.000Z');
    expect(leaksOf(text)).toEqual([]);
  });
});

describe('the message', () => {
  it('is another function’s when its route is', () => {
    const body = JSON.stringify({ v: 1, route: 'internal/delete-source', recordingSid: sids.recording(), cause: 'm' });

    expect(() => readEraseSubjectMessage(body)).toThrow(PermanentError);
  });

  it('is parked when the ledger knows no such erasure', async () => {
    await expect(startErasureWorld().deliver('er-9')).rejects.toMatchObject({ reason: 'erasure-unknown' });
  });
});
