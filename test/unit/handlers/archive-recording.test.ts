// Long because each way in which a recording can fail to be a sound in the archive is one test.
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { archiveRecording, readArchiveRecordingMessage } from '../../../lambdas/archive-recording/handler.ts';
import { done, ignored } from '../../../lambdas/shared/domain/outcome.ts';
import type { Outcome } from '../../../lambdas/shared/domain/outcome.ts';
import { applyEvent } from '../../../lambdas/shared/domain/recording-events.ts';
import { newTask } from '../../../lambdas/shared/domain/task-life.ts';
import type { LinkRecording } from '../../../lambdas/shared/messages/work-message.ts';
import type { Archive } from '../../../lambdas/shared/ports/archive.ts';
import type { RecordingResource } from '../../../lambdas/shared/ports/recordings.ts';
import { sids } from '../../support/example-sids.ts';
import type { HeldMedia } from '../../support/fakes/in-memory-recordings.ts';
import { wavBytes } from '../../support/wav-bytes.ts';
import { at, contextOf, envelope, startWorld } from './world.ts';
import type { World } from './world.ts';

const key = `${sids.account()}/2026/03/02/${sids.recording()}.wav`;
const sidecar = `${sids.account()}/2026/03/02/${sids.recording()}.json`;
const mono = wavBytes({ channels: 1, seconds: 3 });
const stereo = wavBytes({ channels: 2, seconds: 3 });

const complete: RecordingResource = {
  recordingSid: sids.recording(),
  accountSid: sids.account(),
  status: 'completed',
  startedAt: at('09:59:50'),
  durationSeconds: 3,
  channels: 1,
  origin: 'Conference',
  conferenceSid: sids.conference(),
};

const twilioHas = (world: World, media?: HeldMedia, facts: Partial<RecordingResource> = {}): void =>
  world.recordings.put({ ...complete, ...facts }, media);

function handle(world: World, body: string, messageId = 'm-1'): Promise<Outcome> {
  return archiveRecording(world)(readArchiveRecordingMessage(body), contextOf(messageId));
}

/** A recording status callback, with these parameters besides or instead of its own. */
function callback(world: World, status: string, parameters: Record<string, string> = {}, signature = 'genuine') {
  const form = new URLSearchParams({
    AccountSid: sids.account(),
    RecordingSid: sids.recording(),
    ConferenceSid: sids.conference(),
    RecordingStatus: status,
    RecordingUrl: 'https://evil.example/sound.wav',
    ...parameters,
  });
  return handle(world, envelope('twilio/recording-events', form.toString(), { signature }));
}

function work(world: World, message: { readonly taskSid?: string; readonly foundBy?: string } = {}): Promise<Outcome> {
  const route = 'internal/archive-recording';
  return handle(
    world,
    JSON.stringify({ v: 1, route, recordingSid: sids.recording(), foundBy: 'list', cause: 'm-0', ...message }),
  );
}

const linksOf = (world: World): readonly LinkRecording[] => world.queues.sentTo('internal/link-recording');

/** Nothing under any key, and the ledger says nothing of a copy. */
async function expectNothingArchived(world: World): Promise<void> {
  expect(world.archive.keys()).toEqual([]);
  expect((await world.recording()).archive).toEqual({ state: 'none' });
}

describe('a recording that runs', () => {
  it.each(['in-progress', 'paused'])('is announced, and nothing is fetched of it: %s', async (status) => {
    const world = startWorld();
    await world.ledger.addAliases([sids.conference()], sids.task());
    world.recordings.failNext('fetch', new Error('Twilio was asked'));

    const outcome = await callback(world, status);

    expect(outcome).toEqual(ignored('recording-not-final'));
    expect(linksOf(world)).toEqual([
      {
        v: 1,
        route: 'internal/link-recording',
        taskSid: sids.task(),
        recordingSid: sids.recording(),
        why: 'announced',
        foundBy: 'callback',
        cause: 'm-1',
      },
    ]);
    expect(await world.recording()).toMatchObject({ source: { status }, dueAt: at('10:10:00') });
  });

  it('is found by its tasks through its call and conference', async () => {
    const world = startWorld();

    await callback(world, 'in-progress', { CallSid: sids.call() });

    expect(await world.ledger.findByAlias(sids.call())).toEqual({ recordings: [sids.recording()], tasks: [] });
    expect(await world.ledger.findByAlias(sids.conference())).toEqual({ recordings: [sids.recording()], tasks: [] });
  });

  it('and was announced by its task is looked at again in ten minutes', async () => {
    const world = startWorld();
    twilioHas(world, undefined, { status: 'in-progress' });

    expect(await work(world, { taskSid: sids.task() })).toEqual(ignored('recording-not-final'));
    expect(await world.recording()).toMatchObject({ taskSids: [sids.task()], dueAt: at('10:10:00') });
    expect(linksOf(world)).toMatchObject([{ taskSid: sids.task(), why: 'announced' }]);
  });

  it('is not waited for any more when its copy is proved and the beginning comes late', async () => {
    const world = startWorld();
    twilioHas(world, { mono });
    await callback(world, 'completed');

    await callback(world, 'in-progress');

    expect(await world.recording()).toMatchObject({ source: { status: 'completed' }, archive: { state: 'verified' } });
    expect((await world.recording()).dueAt).toBeUndefined();
  });
});

describe('a complete recording', () => {
  it('is stored under its day, read again, and called verified with what was counted on the way', async () => {
    const world = startWorld();
    twilioHas(world, { mono });

    const outcome = await callback(world, 'completed');

    expect(outcome).toEqual(done);
    expect(world.archive.bytesOf(key)?.equals(mono)).toBe(true);
    const { archive } = await world.recording();
    expect(archive).toEqual({
      state: 'verified',
      verifiedAt: at('10:00:00'),
      audio: {
        key,
        versionId: 'v1',
        sizeBytes: 48_044,
        sha256: createHash('sha256').update(mono).digest('hex'),
        crc64Nvme: expect.stringMatching(/^[A-Za-z0-9+/]{11}=$/),
        contentType: 'audio/wav',
        channels: 1,
        durationSeconds: 3,
        storedAt: at('10:00:00'),
      },
    });
    expect(world.measures).toEqual([{ outcome: 'verified', name: 'archivedBytes', unit: 'Bytes', value: 48_044 }]);
    expect((await world.recording()).dueAt).toBeUndefined();
  });

  it('takes its day from the Recording resource, whatever the callback says', async () => {
    const world = startWorld();
    twilioHas(world, { mono });

    await callback(world, 'completed', { RecordingStartTime: 'Fri, 20 Feb 2026 10:00:00 +0000' });

    expect(world.archive.keys()).toEqual([sidecar, key]);
  });

  it('is fetched by its SIDs alone, wherever its RecordingUrl points', async () => {
    const world = startWorld();
    twilioHas(world, { mono });

    await callback(world, 'completed', { RecordingUrl: 'http://169.254.169.254/latest/meta-data' });

    expect(world.recordings.mediaRequests).toEqual([
      { recordingSid: sids.recording(), channels: 2 },
      { recordingSid: sids.recording(), channels: 1 },
      { recordingSid: sids.recording(), channels: 1 },
    ]);
  });

  it('is taken in two channels where there are two', async () => {
    const world = startWorld();
    twilioHas(world, { mono, stereo }, { channels: 2 });

    await callback(world, 'completed');

    expect(world.archive.bytesOf(key)?.equals(stereo)).toBe(true);
    const asked = { recordingSid: sids.recording(), channels: 2 };
    expect(world.recordings.mediaRequests).toEqual([asked, asked]);
  });

  it('is not taken as a mix of one channel where the resource says two', async () => {
    const world = startWorld();
    twilioHas(world, { mono }, { channels: 2 });

    await expect(callback(world, 'completed')).rejects.toMatchObject({
      name: 'RetryableError',
      reason: 'media-unfit',
      message: expect.stringContaining('it has 1 channel(s), the Recording resource says 2'),
    });
    await expectNothingArchived(world);
  });

  it('without a length has that of the first reading', async () => {
    const world = startWorld();
    twilioHas(world, { mono, withoutLength: true });

    expect(await callback(world, 'completed')).toEqual(done);
    expect(world.archive.bytesOf(key)?.equals(mono)).toBe(true);
  });

  it('has a sidecar beside it with its SIDs and checksums, and no personal datum', async () => {
    const world = startWorld();
    twilioHas(world, { mono });
    await world.ledger.addAliases([sids.conference()], sids.task());
    const of = { taskSid: sids.task(), accountSid: sids.account(), workspaceSid: sids.workspace() };
    await world.ledger.saveTask({
      ...newTask(of, at('09:59:00')),
      taskQueueName: 'Sales',
      conversationId: '+15005550006',
      link: { state: 'written', writes: 1, replaced: 'https://crm.example/ada-example' },
    });

    await callback(world, 'completed', { From: '+12025550143', CallerName: 'Ada Example' });

    const text = world.archive.textOf(sidecar) ?? '';
    expect(JSON.parse(text)).toMatchObject({
      recordingSid: sids.recording(),
      conferenceSid: sids.conference(),
      tasks: [{ taskSid: sids.task(), taskQueueName: 'Sales' }],
      audio: { sizeBytes: 48_044 },
    });
    expect(text).not.toMatch(/5005550006|2025550143|[Aa]da/);
  });

  it('gets its task into the sidecar when the task becomes known after the copy', async () => {
    const world = startWorld();
    twilioHas(world, { mono });
    await callback(world, 'completed');
    const of = { taskSid: sids.task(), accountSid: sids.account(), workspaceSid: sids.workspace() };
    await world.ledger.saveTask(newTask(of, at('10:05:00')));

    expect(await work(world, { taskSid: sids.task() })).toEqual(done);

    expect(JSON.parse(world.archive.textOf(sidecar) ?? '{}')).toMatchObject({ tasks: [{ taskSid: sids.task() }] });
  });

  it('is not fetched, stored or described again when its message comes again', async () => {
    const world = startWorld();
    twilioHas(world, { mono });
    await callback(world, 'completed');
    world.recordings.failNext('fetch', new Error('Twilio was asked'));
    world.archive.failNext('create', new Error('S3 was written'));
    world.archive.failNext('putSidecar', new Error('S3 was written'));

    expect(await callback(world, 'completed')).toEqual(done);
  });

  it('is announced to the tasks of a call that only the resource names', async () => {
    const world = startWorld();
    twilioHas(world, { mono }, { callSid: sids.call(7) });
    await world.ledger.addAliases([sids.call(7)], sids.task(3));

    await work(world);

    expect(linksOf(world)).toMatchObject([{ taskSid: sids.task(3), why: 'announced' }]);
    expect((await world.ledger.findByAlias(sids.call(7))).recordings).toEqual([sids.recording()]);
  });

  it('is announced once by a delivery in which the resource says nothing new of it', async () => {
    const world = startWorld();
    const source = { RecordingDuration: '3', RecordingSource: 'Conference', RecordingChannels: '1' };
    twilioHas(world, undefined);
    await world.ledger.addAliases([sids.conference()], sids.task());
    await expect(callback(world, 'completed', source)).rejects.toMatchObject({ reason: 'media-not-there-yet' });
    const before = linksOf(world).length;

    await expect(callback(world, 'completed', source)).rejects.toMatchObject({ reason: 'media-not-there-yet' });

    expect(linksOf(world).length - before).toBe(1);
  });
});

describe('a copy that is not what was sent', () => {
  const readAs =
    (bytes: Buffer): Archive['open'] =>
    async () => ({
      stream: Readable.from([bytes], { objectMode: false }),
      sizeBytes: bytes.length,
      metadata: {},
    });
  const turned = Buffer.from(mono);
  turned.writeUInt8(turned.readUInt8(20_000) ^ 1, 20_000);

  it.each([
    ['one bit is turned', turned, 'another SHA-256', 'hash'],
    ['it is shorter', mono.subarray(0, 40_000), '40000 bytes instead of 48044', 'size'],
  ])('is never called verified when %s', async (_how, bytes, why, what) => {
    const world = startWorld();
    twilioHas(world, { mono });
    const broken = { ...world, archive: { ...world.archive, open: readAs(bytes) } };

    await expect(callback(broken, 'completed')).rejects.toMatchObject({
      name: 'PermanentError',
      reason: 'archive-mismatched',
      message: expect.stringContaining(why),
    });
    expect((await world.recording()).archive).toMatchObject({ state: 'mismatched', what });
  });

  it('is never called stored when S3 counted another checksum', async () => {
    const world = startWorld();
    twilioHas(world, { mono });
    const create: Archive['create'] = async (object, body) => {
      await world.archive.create(object, body);
      return { kind: 'stored', versionId: 'v1', crc64Nvme: 'AAAAAAAAAAA=' };
    };

    await expect(callback({ ...world, archive: { ...world.archive, create } }, 'completed')).rejects.toMatchObject({
      reason: 'archive-mismatched',
      message: expect.stringContaining('another CRC64NVME'),
    });
    expect((await world.recording()).archive).toMatchObject({ state: 'mismatched', what: 'hash' });
  });

  it('is not given up because S3 broke off while it was read again', async () => {
    const world = startWorld();
    twilioHas(world, { mono });
    const open: Archive['open'] = async () => ({
      stream: Readable.from(
        (function* () {
          yield mono.subarray(0, 10_000);
          throw new Error('read ECONNRESET');
        })(),
        { objectMode: false },
      ),
      sizeBytes: mono.length,
      metadata: {},
    });

    await expect(callback({ ...world, archive: { ...world.archive, open } }, 'completed')).rejects.toMatchObject({
      name: 'RetryableError',
      reason: 'stream-broken',
    });
    expect((await world.recording()).archive.state).toBe('stored');
    expect(await callback(world, 'completed')).toEqual(done);
  });
});

describe('what is not the recording', () => {
  const html = Buffer.from(`<!doctype html><title>Sorry</title>${'.'.repeat(60_000)}`);
  const longer = Buffer.from(mono);
  longer.writeUInt32LE(60_000, 40);

  it.each<readonly [string, HeldMedia, string]>([
    ['a page, said to be one', { mono: html, contentType: 'text/html' }, 'its content type is text/html'],
    ['a page that calls itself audio', { mono: html }, 'it does not begin with RIFF…WAVE'],
    ['a page without a length', { mono: html, withoutLength: true }, 'it does not begin with RIFF…WAVE'],
    ['nothing at all', { mono: Buffer.alloc(0) }, 'it does not begin with RIFF…WAVE'],
    ['a header that breaks off', { mono: mono.subarray(0, 40) }, 'no data chunk in its first 40 bytes'],
    ['a file cut short', { mono: mono.subarray(0, 24_044) }, 'claims 48000 bytes and the file has 24000 left'],
    ['a header that promises more', { mono: longer }, 'claims 60000 bytes and the file has 48000 left'],
    [
      'another length of time',
      { mono: wavBytes({ channels: 1, seconds: 5 }) },
      'it lasts 5.0 s, the Recording resource says 3 s',
    ],
  ])('is retried and never archived: %s', async (_what, media, why) => {
    const world = startWorld();
    twilioHas(world, media);

    await expect(callback(world, 'completed')).rejects.toMatchObject({
      name: 'RetryableError',
      reason: 'media-unfit',
      message: expect.stringContaining(why),
    });
    await expectNothingArchived(world);
  });

  it('is let pass where it only differs by Twilio’s rounding to a second', async () => {
    const world = startWorld();
    twilioHas(world, { mono }, { durationSeconds: 4 });

    expect(await callback(world, 'completed')).toEqual(done);
  });
});

describe('a body that breaks', () => {
  it.each<readonly [string, Partial<HeldMedia>]>([
    ['in its head', { breaksAfterBytes: 1000 }],
    ['in the middle', { breaksAfterBytes: 30_000 }],
    ['in the middle, without a length', { breaksAfterBytes: 30_000, withoutLength: true }],
  ])('%s is retried, leaves nothing behind, and is whole the next time', async (_where, media) => {
    const world = startWorld();
    twilioHas(world, { mono, ...media });

    await expect(callback(world, 'completed')).rejects.toMatchObject({ name: 'RetryableError' });
    await expectNothingArchived(world);

    twilioHas(world, { mono });
    expect(await callback(world, 'completed')).toEqual(done);
    expect(world.archive.bytesOf(key)?.equals(mono)).toBe(true);
  });
});

describe('a second reading that is not as the first was', () => {
  const changed = Buffer.from(mono);
  changed.writeUInt8(changed.readUInt8(20_000) ^ 1, 20_000);
  const longer = Buffer.concat([mono, Buffer.alloc(32)]);
  it.each<readonly [string, Buffer, string]>([
    ['has one byte changed', changed, 'read again it has another SHA-256'],
    ['is shorter', mono.subarray(0, -1), `read again it has ${mono.length - 1} bytes, and it had ${mono.length}`],
    ['is longer', longer, `read again it has more than the ${mono.length} bytes it had`],
  ])('%s: nothing is archived, and the next time it may be', async (_what, bytes, why) => {
    const world = startWorld();
    twilioHas(world, { mono });
    const second: World = {
      ...world,
      recordings: { ...world.recordings, openMedia: openedInTurn(world, bytes) },
    };

    await expect(callback(second, 'completed')).rejects.toMatchObject({
      name: 'RetryableError',
      reason: 'media-unfit',
      message: expect.stringContaining(why),
    });
    await expectNothingArchived(world);

    expect(await callback(world, 'completed')).toEqual(done);
    expect(world.archive.bytesOf(key)?.equals(mono)).toBe(true);
  });
});

/** The first time what is there, the second time `bytes`, whatever channels are asked for. */
function openedInTurn(world: World, bytes: Buffer): World['recordings']['openMedia'] {
  let whole = 0;
  return async (accountSid, recordingSid, channels) => {
    const opened = await world.recordings.openMedia(accountSid, recordingSid, channels);
    if (opened.kind !== 'media') return opened;
    whole += 1;
    if (whole === 1) return opened;
    opened.stream.destroy();
    return { ...opened, stream: Readable.from([bytes], { objectMode: false }), sizeBytes: bytes.length };
  };
}

describe('media that is not there', () => {
  it('is asked for by the message for 15 minutes, then by the ledger every ten, and given up after 6 h', async () => {
    const world = startWorld();
    twilioHas(world);
    const notYet = { name: 'RetryableError', reason: 'media-not-there-yet' };

    await expect(callback(world, 'completed')).rejects.toMatchObject(notYet);
    world.setClock('10:14:59');
    await expect(callback(world, 'completed')).rejects.toMatchObject(notYet);

    world.setClock('10:15:00');
    expect(await callback(world, 'completed')).toEqual(ignored('recording-not-final'));
    expect(await world.recording()).toMatchObject({ archive: { state: 'none' }, dueAt: at('10:25:00') });

    world.setClock('15:59:59');
    expect(await work(world, { foundBy: 'reconcile' })).toEqual(ignored('recording-not-final'));
    expect((await world.recording()).dueAt).toEqual(at('16:09:59'));

    world.setClock('16:00:00');
    await expect(work(world, { foundBy: 'reconcile' })).rejects.toMatchObject({
      name: 'PermanentError',
      reason: 'media-never-came',
    });
    expect((await world.recording()).archive).toEqual({ state: 'failed', reason: 'media-never-came' });
    expect((await world.recording()).dueAt).toBeUndefined();
  });

  it('is archived after all when it comes while it is waited for', async () => {
    const world = startWorld();
    twilioHas(world);
    await expect(callback(world, 'completed')).rejects.toMatchObject({ reason: 'media-not-there-yet' });
    world.setClock('12:00:00');
    twilioHas(world, { mono });

    expect(await work(world, { foundBy: 'reconcile' })).toEqual(done);
    expect((await world.recording()).archive.state).toBe('verified');
  });

  it('has 15 minutes of its own after a call at whose beginning the resource was not there yet', async () => {
    const world = startWorld();
    await expect(work(world, { taskSid: sids.task() })).rejects.toMatchObject({ reason: 'media-not-there-yet' });
    twilioHas(world, undefined, { status: 'in-progress' });
    world.setClock('10:00:02');
    await work(world, { taskSid: sids.task() });
    twilioHas(world);
    world.setClock('11:10:00');

    await expect(callback(world, 'completed')).rejects.toMatchObject({ reason: 'media-not-there-yet' });
  });
});

describe('a Recording resource that is not there', () => {
  it('is waited for like its media: after 15 minutes by the ledger, with this message done', async () => {
    const world = startWorld();

    await expect(callback(world, 'completed')).rejects.toMatchObject({ reason: 'media-not-there-yet' });
    world.setClock('10:15:00');

    expect(await callback(world, 'completed')).toEqual(ignored('recording-not-final'));
    expect((await world.recording()).dueAt).toEqual(at('10:25:00'));
    expect(world.recordings.mediaRequests).toEqual([]);
  });

  it('is given up after 6 h with its reason', async () => {
    const world = startWorld();
    await expect(callback(world, 'completed')).rejects.toMatchObject({ reason: 'media-not-there-yet' });
    world.setClock('16:00:00');

    await expect(work(world, { foundBy: 'reconcile' })).rejects.toMatchObject({
      name: 'PermanentError',
      reason: 'media-never-came',
    });
  });

  it('does not undo a copy that was stored and not yet proved', async () => {
    const world = startWorld();
    twilioHas(world, { mono });
    world.archive.failNext('putSidecar', new Error('killed'));
    await expect(callback(world, 'completed')).rejects.toThrow('killed');
    world.recordings.remove(sids.recording());

    expect(await callback(world, 'completed')).toEqual(done);
    expect((await world.recording()).archive.state).toBe('verified');
  });

  it('that says it was deleted before it was archived is told to a person at once', async () => {
    const world = startWorld();
    twilioHas(world, undefined, { status: 'deleted' });

    await expect(work(world)).rejects.toMatchObject({ name: 'PermanentError', reason: 'source-deleted' });
    expect((await world.recording()).archive).toEqual({ state: 'failed', reason: 'source-deleted' });
  });
});

describe('a resource that is not final though the callback said so', () => {
  it.each(['processing', 'stopped', 'in-progress'] as const)('is waited for and not copied: %s', async (status) => {
    const world = startWorld();
    twilioHas(world, undefined, { status });

    await expect(callback(world, 'completed')).rejects.toMatchObject({
      name: 'RetryableError',
      reason: 'media-not-there-yet',
    });
    world.setClock('10:15:00');
    expect(await callback(world, 'completed')).toEqual(ignored('recording-not-final'));
    expect(world.recordings.mediaRequests).toEqual([]);
  });
});

describe('a recording that holds nothing', () => {
  it.each(['absent', 'failed'])('ends there, and its tasks are told: %s', async (status) => {
    const world = startWorld();
    await world.ledger.addAliases([sids.conference()], sids.task());

    const outcome = await callback(world, status, { ErrorCode: '16101' });

    expect(outcome).toEqual(ignored('recording-absent'));
    expect(await world.recording()).toMatchObject({ source: { status, errorCode: '16101' } });
    expect((await world.recording()).dueAt).toBeUndefined();
    expect(linksOf(world)).toMatchObject([{ taskSid: sids.task(), recordingSid: sids.recording(), why: 'absent' }]);
    expect(world.archive.keys()).toEqual([]);
  });

  it('ends there too when only the resource says so', async () => {
    const world = startWorld();
    twilioHas(world, undefined, { status: 'absent' });
    await world.ledger.addAliases([sids.conference()], sids.task());

    expect(await work(world, { taskSid: sids.task() })).toEqual(ignored('recording-absent'));
    expect(linksOf(world).map(({ why }) => why)).toEqual(['announced', 'absent']);
  });
});

describe('an object that lies under the key already', () => {
  it('is an earlier delivery’s copy when it is the same, and the work goes on', async () => {
    const world = startWorld();
    twilioHas(world, { mono });
    world.archive.putAnyway(key, mono);

    expect(await callback(world, 'completed')).toEqual(done);
    expect((await world.recording()).archive).toMatchObject({
      state: 'verified',
      audio: { versionId: 'v1', sizeBytes: 48_044 },
    });
    expect(world.archive.textOf(sidecar)).toBeDefined();
  });

  it.each([
    ['other bytes of the same length', Buffer.from(mono).fill(1, 44), 'hash'],
    ['another length', wavBytes({ channels: 1, seconds: 2 }), 'size'],
  ])('is never overwritten when it is different: %s', async (_how, bytes, what) => {
    const world = startWorld();
    twilioHas(world, { mono });
    world.archive.putAnyway(key, bytes);

    await expect(callback(world, 'completed')).rejects.toMatchObject({
      name: 'PermanentError',
      reason: 'archive-mismatched',
    });
    expect(world.archive.bytesOf(key)?.equals(bytes)).toBe(true);
    expect((await world.recording()).archive).toMatchObject({ state: 'mismatched', what });
    expect(await callback(world, 'completed')).toEqual(ignored('archive-mismatched'));
  });
});

describe('a copy that was proved and doubted later', () => {
  const doubt = async (world: World): Promise<void> => {
    twilioHas(world, { mono });
    await callback(world, 'completed');
    const event = { kind: 'archive-doubted', reason: 'it lay beneath a delete marker', what: 'missing' } as const;
    await world.ledger.saveRecording(applyEvent(await world.recording(), event));
  };

  it('is proved again when it is what it was, and the timeline says so', async () => {
    const world = startWorld();
    await doubt(world);

    expect(await callback(world, 'completed')).toEqual(done);

    expect((await world.recording()).archive).toMatchObject({ state: 'verified', audio: { versionId: 'v1' } });
    expect(await world.ledger.timelineOf(sids.recording())).toContainEqual(
      expect.objectContaining({ what: 'archive verified', before: 'mismatched', after: 'verified, again' }),
    );
  });

  it.each([
    [
      'it lies beneath something else',
      (world: World) => world.archive.putAnyway(key, wavBytes({ channels: 1, seconds: 2 })),
    ],
    ['its bytes are others', (world: World) => world.archive.spoil(key, 'v1', Buffer.from(mono).fill(1, 44))],
    ['it is not there', (world: World) => world.archive.removeVersion(key, 'v1')],
  ])('stays doubted while %s', async (_what, spoil) => {
    const world = startWorld();
    await doubt(world);
    spoil(world);

    expect(await callback(world, 'completed')).toEqual(ignored('archive-mismatched'));
    expect((await world.recording()).archive).toMatchObject({ state: 'mismatched', what: 'missing' });
  });
});

describe('a message that archive-recording does not act on', () => {
  it('is a forged one: no effect at all', async () => {
    const world = startWorld();
    twilioHas(world, { mono });

    await expect(callback(world, 'completed', {}, 'forged')).rejects.toMatchObject({ name: 'UnprovedSenderError' });
    expect(world.ledger.recordings()).toEqual([]);
    expect(world.archive.keys()).toEqual([]);
    expect(world.queues.sent).toEqual([]);
  });

  it('is one of a foreign account, which is ignored by name', async () => {
    const world = startWorld();

    expect(await callback(world, 'completed', { AccountSid: sids.account(2) })).toEqual(ignored('foreign-account'));
    expect(world.ledger.recordings()).toEqual([]);
    expect(world.queues.sent).toEqual([]);
  });

  it('is one of another function’s route, which is parked', () => {
    const body = envelope('twilio/task-events', '');

    expect(() => readArchiveRecordingMessage(body)).toThrow(
      expect.objectContaining({ name: 'PermanentError', reason: 'unknown-route' }),
    );
  });
});

describe('the timeline of a recording', () => {
  it('tells its life, and nothing of the people in it', async () => {
    const world = startWorld();
    await callback(world, 'in-progress', { From: '+12025550143' });
    twilioHas(world, { mono });
    await callback(world, 'completed', { From: '+12025550143' });

    const timeline = await world.ledger.timelineOf(sids.recording());
    expect(timeline.map(({ what }) => what).sort()).toEqual([
      'archive stored',
      'archive verified',
      'kept in S3',
      'recording known',
      'retention decided',
      'source completed',
      'source described',
      'source in-progress',
    ]);
    expect(JSON.stringify(timeline)).not.toContain('2025550143');
  });
});

describe('the link of a recording whose copy is tried again and again', () => {
  it('is queued once for a task that knows all of it already, and again when there is news', async () => {
    const world = startWorld();
    twilioHas(world, undefined, { status: 'in-progress' });
    const of = { taskSid: sids.task(), accountSid: sids.account(), workspaceSid: sids.workspace() };
    const known = {
      recordingSid: sids.recording(),
      foundBy: 'segment-link',
      kind: 'unknown',
      isAbsent: false,
    } as const;
    await world.ledger.saveTask({ ...newTask(of, at('10:00:00')), recordings: [known] });
    const kind = { startedAt: at('09:59:50'), kind: 'conference' } as const;

    await work(world, { taskSid: sids.task() });
    expect(linksOf(world)).toEqual([]);

    await work(world, { taskSid: sids.task() });
    expect(linksOf(world)).toMatchObject([{ taskSid: sids.task(), why: 'announced' }]);

    await world.ledger.saveTask({ ...(await world.task()), recordings: [{ ...known, ...kind }] });
    await work(world, { taskSid: sids.task() });
    expect(linksOf(world)).toHaveLength(1);
  });
});
