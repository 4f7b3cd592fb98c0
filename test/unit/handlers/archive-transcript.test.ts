import { createHash } from 'node:crypto';
import { archiveTranscript, readArchiveTranscriptMessage } from '../../../lambdas/archive-transcript/handler.ts';
import { RetryableError, done, ignored } from '../../../lambdas/shared/domain/outcome.ts';
import { sids } from '../../support/example-sids.ts';
import { exampleTask } from '../../support/ledger/example-records.ts';
import { exampleTranscript } from '../../support/ledger/example-transcripts.ts';
import {
  agentSid,
  at,
  conversation,
  customerSid,
  deliver,
  jsonKey,
  message,
  startTranscriptWorld,
  textKey,
} from './transcript-world.ts';
import type { TranscriptWorld } from './transcript-world.ts';
import { contextOf } from './world.ts';

/** The world after one delivery of the example conversation. */
async function archived(): Promise<TranscriptWorld> {
  const world = startTranscriptWorld();
  world.conversations.put(conversation());
  expect(await deliver(world)).toEqual(done);
  return world;
}

const sha256 = (text: string | undefined): string =>
  createHash('sha256')
    .update(text ?? '')
    .digest('hex');
const json = (world: TranscriptWorld): unknown => JSON.parse(world.archive.textOf(jsonKey) ?? 'null');
const whats = async (world: TranscriptWorld) =>
  (await world.ledger.timelineOf(sids.conversation())).map(({ what, after }) => [what, after]);

describe('archive-transcript', () => {
  it('stores who took part and every message as JSON, in one order', async () => {
    const world = await archived();

    expect(json(world)).toEqual({
      transcriptVersion: 1,
      accountSid: sids.account(),
      conversationSid: sids.conversation(),
      startedAt: '2026-11-20T10:00:00.000Z',
      taskSids: [sids.task()],
      participants: [
        {
          participantSid: customerSid,
          address: '+12025550143',
          proxyAddress: '+15005550006',
          joinedAt: '2026-11-20T10:00:00.000Z',
        },
        { participantSid: agentSid, identity: 'ada', joinedAt: '2026-11-20T10:00:30.000Z' },
      ],
      messages: [
        {
          messageSid: `IM${'0'.repeat(32)}`,
          index: 0,
          sentAt: '2026-11-20T10:01:00.000Z',
          author: '+12025550143',
          participantSid: customerSid,
          body: 'The tap drips.',
          media: [],
        },
        {
          messageSid: `IM${'0'.repeat(31)}1`,
          index: 1,
          sentAt: '2026-11-20T10:02:00.000Z',
          author: 'ada',
          participantSid: agentSid,
          body: 'I see to it 👍',
          media: [],
        },
      ],
    });
  });

  it('stores the same as text that people read', async () => {
    const world = await archived();

    expect(world.archive.textOf(textKey)).toBe(
      [
        `Conversation ${sids.conversation()} of account ${sids.account()}`,
        'Began 2026-11-20 10:00:00 UTC',
        `Tasks ${sids.task()}`,
        '',
        'Participants',
        '    +12025550143, who wrote to +15005550006',
        '    ada',
        '',
        '2 messages, times in UTC',
        '',
        '2026-11-20 10:01:00  +12025550143: The tap drips.',
        '2026-11-20 10:02:00  ada: I see to it 👍',
        '',
      ].join('\n'),
    );
  });

  it('calls it verified, with the versions and hashes of what lies in the archive', async () => {
    const world = await archived();

    const record = await world.transcript();
    expect(record).toMatchObject({
      taskSids: [sids.task()],
      source: { status: 'closed', startedAt: at('10:00:00') },
      archive: { state: 'verified', verifiedAt: at('11:00:00') },
    });
    expect(record.archive.state === 'verified' && record.archive.transcript).toEqual({
      json: {
        key: jsonKey,
        versionId: 'v1',
        sizeBytes: world.archive.bytesOf(jsonKey)?.length,
        sha256: sha256(world.archive.textOf(jsonKey)),
      },
      text: {
        key: textKey,
        versionId: 'v2',
        sizeBytes: world.archive.bytesOf(textKey)?.length,
        sha256: sha256(world.archive.textOf(textKey)),
      },
      messages: 2,
      storedAt: at('11:00:00'),
    });
    expect(record).not.toHaveProperty('dueAt');
    expect(world.measures).toEqual([{ name: 'transcripts', outcome: 'verified', unit: 'Count', value: 1 }]);
    expect((await world.ledger.findByAlias(sids.conversation())).tasks).toEqual([sids.task()]);
  });

  it('leaves no word, name or number of the conversation in the ledger', async () => {
    const world = await archived();

    const ledger = JSON.stringify([await world.transcript(), await world.ledger.timelineOf(sids.conversation())]);

    for (const secret of ['tap', 'see to it', '2025550143', '5005550006', '"ada"'])
      expect(ledger).not.toContain(secret);
    expect(await whats(world)).toEqual([
      ['kept in S3', 'standard, not held, 2 versions'],
      ['retention decided', 'standard, for ever'],
      ['transcript announced', sids.task()],
      ['transcript verified', 'verified, 2 messages'],
    ]);
  });

  it('writes nothing new of a conversation that has not changed', async () => {
    const world = await archived();
    const before = await world.transcript();
    world.setClock('11:30:00');
    world.conversations.put(conversation({ status: 'inactive' }));
    world.conversations.put(conversation({ messages: conversation().messages.toReversed() }));

    expect(await deliver(world, { cause: 'EV2' })).toEqual(done);

    expect(await world.transcript()).toEqual(before);
    expect(await world.archive.open(jsonKey)).toMatchObject({ versionId: 'v1' });
    expect(await world.archive.open(textKey)).toMatchObject({ versionId: 'v2' });
    expect(world.measures).toHaveLength(1);
  });

  it('stores a new version when the conversation has gone on, and keeps the earlier one', async () => {
    const world = await archived();
    world.setClock('12:00:00');
    const { messages } = conversation();
    world.conversations.put(conversation({ messages: [...messages, message(2, { body: 'Thank you!' })] }));

    expect(await deliver(world, { cause: 'EV2', taskSid: sids.task(2) })).toEqual(done);

    const { archive, taskSids } = await world.transcript();
    expect(archive).toMatchObject({
      verifiedAt: at('12:00:00'),
      transcript: { messages: 3, json: { versionId: 'v3' }, text: { versionId: 'v4' } },
    });
    expect(taskSids).toEqual([sids.task(1), sids.task(2)]);
    expect(world.archive.textOf(textKey)).toContain('Thank you!');
    expect(await world.archive.open(jsonKey, 'v1')).toBeDefined();
    expect(await whats(world)).toContainEqual(['transcript verified', 'verified, 3 messages']);
  });

  it('still names who has left since, as Twilio no longer does', async () => {
    const world = await archived();
    const [customer] = conversation().participants;
    if (customer === undefined) throw new Error('the example has no customer');
    world.conversations.put(conversation({ participants: [customer] }));

    await deliver(world, { cause: 'EV2' });

    expect(json(world)).toMatchObject({ participants: [{ address: '+12025550143' }, { identity: 'ada' }] });
    expect(await world.archive.open(jsonKey)).toMatchObject({ versionId: 'v1' });
  });

  it('takes over what was edited, and what was deleted is in the earlier version alone', async () => {
    const world = await archived();
    const edited = message(1, { body: 'On my way', author: 'ada', editedAt: at('10:30:00') });
    world.conversations.put(conversation({ messages: [edited] }));

    await deliver(world, { cause: 'EV2' });

    expect(json(world)).toMatchObject({ messages: [{ body: 'On my way', editedAt: '2026-11-20T10:30:00.000Z' }] });
    const text = world.archive.textOf(textKey);
    expect(text).toContain('2026-11-20 10:02:00  ada: On my way\n    (edited 2026-11-20 10:30:00)\n');
    expect(text).not.toContain('The tap drips.');
  });

  it('archives a conversation in which nobody is and nothing was said', async () => {
    const world = startTranscriptWorld();
    world.conversations.put(conversation({ participants: [], messages: [] }));

    expect(await deliver(world)).toEqual(done);

    expect(json(world)).toMatchObject({ participants: [], messages: [] });
    expect(world.archive.textOf(textKey)).toContain('    nobody\n\n0 messages, times in UTC\n');
  });

  it('keeps every one of ten thousand messages', async () => {
    const world = startTranscriptWorld();
    world.conversations.put(conversation({ messages: Array.from({ length: 10_000 }, (_, index) => message(index)) }));

    await deliver(world);

    const lines = (world.archive.textOf(textKey) ?? '').split('\n').filter((line) => line.includes('+12025550143: '));
    expect(lines.map((line) => line.split(': ')[1])).toEqual(Array.from({ length: 10_000 }, (_, n) => `words ${n}`));
    expect(await world.transcript()).toMatchObject({ archive: { transcript: { messages: 10_000 } } });
  });

  it('lies under the UTC day on which the conversation began', async () => {
    const world = startTranscriptWorld();
    world.conversations.put(conversation({ startedAt: new Date('2026-11-19T23:59:59Z') }));

    await deliver(world);

    const stem = `${sids.account()}/2026/11/19/${sids.conversation()}`;
    expect(world.archive.keys()).toEqual([`${stem}.json`, `${stem}.txt`]);
  });
});

describe('archive-transcript of a conversation that Twilio no longer has', () => {
  it('says so, and looks for it again', async () => {
    const world = startTranscriptWorld();

    expect(await deliver(world)).toEqual(ignored('conversation-gone'));

    const record = await world.transcript();
    expect(record).toMatchObject({ source: { status: 'gone' }, archive: { state: 'none' }, dueAt: at('12:00:00') });
    expect(world.archive.keys()).toEqual([]);
    expect(world.measures).toEqual([{ name: 'transcripts', outcome: 'gone', unit: 'Count', value: 1 }]);
  });

  it('gives it up after a week, and counts it once', async () => {
    const world = startTranscriptWorld();
    await deliver(world);
    const weekLater = { ...world, now: () => new Date('2026-11-27T11:00:00Z') };

    expect(await deliver(weekLater, { cause: 'EV2' })).toEqual(ignored('conversation-gone'));

    const record = await world.transcript();
    expect(record).toMatchObject({ source: { status: 'gone' }, archive: { state: 'failed' } });
    expect(record).not.toHaveProperty('dueAt');
    expect(world.measures).toHaveLength(1);
  });

  it('keeps what was archived of it, and counts it once', async () => {
    const world = await archived();
    await world.conversations.deleteConversation(sids.conversation());
    const text = world.archive.textOf(textKey);

    expect(await deliver(world, { cause: 'EV2' })).toEqual(ignored('conversation-gone'));
    expect(await deliver(world, { cause: 'EV3' })).toEqual(ignored('conversation-gone'));

    expect(await world.transcript()).toMatchObject({ source: { status: 'gone' }, archive: { state: 'verified' } });
    expect(world.archive.textOf(textKey)).toBe(text);
    expect(world.measures.map(({ outcome }) => outcome)).toEqual(['verified', 'gone']);
  });

  it('does not take it for an empty one when it goes while it is read', async () => {
    const world = await archived();
    const { conversations } = world;
    const going = {
      ...conversations,
      async participants(sid: Parameters<typeof conversations.participants>[0]) {
        await conversations.deleteConversation(sid);
        return [];
      },
    };

    expect(await deliver({ ...world, conversations: going }, { cause: 'EV2' })).toEqual(ignored('conversation-gone'));

    expect(await world.transcript()).toMatchObject({ archive: { transcript: { messages: 2 } } });
  });

  it('archives it when it turns out to be there after all', async () => {
    const world = startTranscriptWorld();
    await deliver(world);
    world.conversations.put(conversation());

    expect(await deliver(world, { cause: 'EV2' })).toEqual(done);

    expect(await world.transcript()).toMatchObject({ source: { status: 'closed' }, archive: { state: 'verified' } });
  });
});

describe('archive-transcript writes nothing', () => {
  it.each([
    ['erased', { state: 'erased', erasedAt: at('10:30:00') } as const],
    ['to be erased', { state: 'requested', requestedAt: at('10:30:00') } as const],
  ])('of a transcript that is %s', async (_title, erasure) => {
    const world = startTranscriptWorld();
    world.conversations.put(conversation());
    await world.ledger.saveTranscript(exampleTranscript({ erasure }));

    expect(await deliver(world)).toEqual(ignored('tombstoned'));

    expect(world.archive.keys()).toEqual([]);
    expect(world.conversations.asked).toEqual([]);
    expect(await world.transcript()).toEqual(exampleTranscript({ version: 1, erasure }));
    expect((await world.ledger.findByAlias(sids.conversation())).tasks).toEqual([]);
  });

  it('into the ledger when the erasure is asked for while it reads', async () => {
    const world = startTranscriptWorld();
    world.conversations.put(conversation());
    const erasure = { state: 'requested', requestedAt: at('11:00:00') } as const;
    const { archive } = world;
    const meanwhile = {
      ...archive,
      async putTranscript(...put: Parameters<typeof archive.putTranscript>) {
        await world.ledger.saveTranscript({ ...(await world.transcript()), erasure });
        return archive.putTranscript(...put);
      },
    };

    expect(await deliver({ ...world, archive: meanwhile })).toEqual(ignored('tombstoned'));
    expect(world.measures).toEqual([]);

    expect(await world.transcript()).toMatchObject({ archive: { state: 'none' }, erasure });
  });

  it('of an erased task’s conversation, which the erasure may not have known', async () => {
    const world = startTranscriptWorld();
    world.conversations.put(conversation());
    await world.ledger.saveTask(exampleTask({ erased: { at: at('10:30:00'), erasureId: 'e-1' } }));

    expect(await deliver(world)).toEqual(ignored('tombstoned'));

    expect(world.archive.keys()).toEqual([]);
    expect(world.ledger.transcripts()).toEqual([]);
  });

  it('of another account’s conversation', async () => {
    const world = startTranscriptWorld();
    world.conversations.put(conversation({ accountSid: sids.account(2) }));

    expect(await deliver(world)).toEqual(ignored('foreign-account'));

    expect(world.archive.keys()).toEqual([]);
    expect(await world.transcript()).toMatchObject({ archive: { state: 'failed' } });
  });
});

describe('archive-transcript', () => {
  it('never calls verified what is not what it wrote', async () => {
    const world = startTranscriptWorld();
    world.conversations.put(conversation());
    const { archive } = world;
    const spoiling = {
      ...archive,
      async putTranscript(...put: Parameters<typeof archive.putTranscript>) {
        const stored = await archive.putTranscript(...put);
        archive.spoil(put[0], stored.versionId ?? '', Buffer.from('other words'));
        return stored;
      },
    };

    await expect(deliver({ ...world, archive: spoiling })).rejects.toMatchObject({ reason: 'transcript-differs' });
    expect(await world.transcript()).toMatchObject({ archive: { state: 'none' }, dueAt: at('12:00:00') });

    expect(await deliver(world)).toEqual(done);
    expect(await world.transcript()).toMatchObject({ archive: { state: 'verified' } });
  });

  it('lets the one that fetched more have the last word, when two deliveries meet', async () => {
    const world = startTranscriptWorld();
    const { messages } = conversation();
    world.conversations.put(conversation());
    const { archive } = world;
    let isFirst = true;
    const overtaken = {
      ...archive,
      async putTranscript(...put: Parameters<typeof archive.putTranscript>) {
        if (isFirst) {
          isFirst = false;
          world.conversations.put(conversation({ messages: [...messages, message(2)] }));
          await deliver(world, { cause: 'EV2' });
        }
        return archive.putTranscript(...put);
      },
    };

    await expect(deliver({ ...world, archive: overtaken })).rejects.toMatchObject({ reason: 'transcript-contended' });
    expect(await deliver(world)).toEqual(done);

    expect(await world.transcript()).toMatchObject({ archive: { transcript: { messages: 3 } } });
    expect(world.archive.textOf(textKey)).toContain('words 2');
    const record = await world.transcript();
    const current = await world.archive.open(jsonKey);
    expect(record.archive.state === 'verified' && record.archive.transcript.json.versionId).toBe(current?.versionId);
  });

  it('does what reconcile sends it, which names no task', async () => {
    const world = startTranscriptWorld();
    world.conversations.put(conversation());
    const body = JSON.stringify({
      ...{ v: 1, route: 'internal/archive-transcript', conversationSid: sids.conversation(), cause: 'reconcile' },
    });

    expect(await archiveTranscript(world)(readArchiveTranscriptMessage(body), contextOf())).toEqual(done);

    expect(await world.transcript()).toMatchObject({ archive: { state: 'verified' }, taskSids: [] });
  });

  it('refuses a message that is another function’s', () => {
    const body = JSON.stringify({ v: 1, route: 'internal/erase-subject', erasureId: 'e-1', cause: 'c' });

    expect(() => readArchiveTranscriptMessage(body)).toThrow(/not archive-transcript's/);
  });

  it('is looked at again an hour later while Twilio does not answer', async () => {
    const world = startTranscriptWorld();
    world.conversations.failNext('fetch', new RetryableError('down', { reason: 'twilio-unavailable' }));

    await expect(deliver(world)).rejects.toMatchObject({ reason: 'twilio-unavailable' });
    expect(await world.transcript()).toMatchObject({ dueAt: at('12:00:00') });
  });
});
