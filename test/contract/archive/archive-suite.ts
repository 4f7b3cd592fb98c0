import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import type { Archive, ObjectToStore } from '../../../lambdas/shared/ports/archive.ts';

const key = 'AC00000000000000000000000000000001/2026/11/20/RE00000000000000000000000000000001.wav';

const object = (sizeBytes: number, changes: Partial<ObjectToStore> = {}): ObjectToStore => ({
  key,
  contentType: 'audio/x-wav',
  sizeBytes,
  metadata: { 'recording-sid': 'RE00000000000000000000000000000001' },
  ...changes,
});

const bytes = (content: string | Buffer): Readable => Readable.from([Buffer.from(content)], { objectMode: false });

const breakingAfter = (content: string): Readable =>
  Readable.from(
    (function* () {
      yield Buffer.from(content);
      throw new Error('the line went dead');
    })(),
  );

/** What every archive promises. `emptyArchive` gives one that is versioned and has nothing in it. */
export function archiveSuite(name: string, emptyArchive: () => Promise<Archive>): void {
  describe(`${name} creates`, () => {
    it('what it is given, and says the CRC64NVME of it', async () => {
      const archive = await emptyArchive();

      const stored = await archive.create(object(9), bytes('123456789'));

      // CRC-64/NVME's check value is 0xae8b14860a799888 (https://reveng.sourceforge.io/crc-catalogue/, read 2026-11).
      expect(stored).toEqual({ kind: 'stored', versionId: expect.any(String), crc64Nvme: 'rosUhgp5mIg=' });
    });

    it('what can be opened as it was given', async () => {
      const archive = await emptyArchive();
      const stored = await archive.create(object(9), bytes('123456789'));

      const found = await archive.open(key);

      expect(found).toMatchObject({
        sizeBytes: 9,
        versionId: stored.kind === 'stored' ? stored.versionId : 'not stored',
        crc64Nvme: 'rosUhgp5mIg=',
        metadata: { 'recording-sid': 'RE00000000000000000000000000000001' },
      });
      expect(found && (await text(found.stream))).toBe('123456789');
    });

    it('a body of several megabytes, byte for byte', async () => {
      const archive = await emptyArchive();
      const content = Buffer.alloc(3_000_017, 'and so on, ');

      await archive.create(object(content.length), Readable.from(pieces(content), { objectMode: false }));

      const found = await archive.open(key);
      expect(found && (await buffer(found.stream)).equals(content)).toBe(true);
    });

    it('nothing where something lies, leaves that as it is, and lets go of the body', async () => {
      const archive = await emptyArchive();
      await archive.create(object(5), bytes('first'));
      const body = bytes('second');

      expect(await archive.create(object(6), body)).toEqual({ kind: 'exists' });

      const found = await archive.open(key);
      expect(found && (await text(found.stream))).toBe('first');
      expect(body.destroyed).toBe(true);
    });

    it('exactly one of several that come at once', async () => {
      const archive = await emptyArchive();

      const results = await Promise.all(
        ['1', '2', '3', '4'].map((content) => archive.create(object(1), bytes(content))),
      );

      expect(results.map(({ kind }) => kind).toSorted()).toEqual(['exists', 'exists', 'exists', 'stored']);
    });

    it('nothing of a body that breaks off, and everything of the next one', async () => {
      const archive = await emptyArchive();

      await expect(archive.create(object(9), breakingAfter('1234'))).rejects.toMatchObject({
        name: 'RetryableError',
        reason: 'archive-unavailable',
      });

      expect(await archive.open(key)).toBeUndefined();
      expect(await archive.create(object(9), bytes('123456789'))).toMatchObject({ kind: 'stored' });
    });

    it('nothing of a body that was destroyed under way', async () => {
      const archive = await emptyArchive();
      const body = new Readable({ read: () => undefined });
      body.push('1234');

      const creating = archive.create(object(9), body);
      body.destroy();

      await expect(creating).rejects.toMatchObject({ name: 'RetryableError', reason: 'archive-unavailable' });
      expect(await archive.open(key)).toBeUndefined();
    });

    it('nothing of a body that is shorter than was said', async () => {
      const archive = await emptyArchive();

      await expect(archive.create(object(9), bytes('1234'))).rejects.toMatchObject({ name: 'RetryableError' });

      expect(await archive.open(key)).toBeUndefined();
    });
  });

  describe(`${name} opens`, () => {
    it('nothing where nothing lies', async () => {
      const archive = await emptyArchive();

      expect(await archive.open(key)).toBeUndefined();
    });

    it('the current version, or the one that is asked for', async () => {
      const archive = await emptyArchive();
      const first = await archive.create(object(5), bytes('first'));
      await archive.putSidecar(key, 'second');

      const current = await archive.open(key);
      const older = await archive.open(key, first.kind === 'stored' ? first.versionId : 'not stored');

      expect(current && (await text(current.stream))).toBe('second');
      expect(older && (await text(older.stream))).toBe('first');
    });
  });

  describe(`${name} looks at`, () => {
    it('a version without opening it: its length, its checksum, and which it is', async () => {
      const archive = await emptyArchive();
      const stored = await archive.create(object(9), bytes('123456789'));
      const versionId = stored.kind === 'stored' ? (stored.versionId ?? '') : '';

      expect(await archive.look(key, versionId)).toEqual({ sizeBytes: 9, versionId, crc64Nvme: 'rosUhgp5mIg=' });
    });

    it('the version that is asked for, also when it is not the current one', async () => {
      const archive = await emptyArchive();
      const first = await archive.create(object(9), bytes('123456789'));
      const versionId = first.kind === 'stored' ? (first.versionId ?? '') : '';
      await archive.putSidecar(key, 'other contents');

      expect(await archive.look(key, versionId)).toMatchObject({ sizeBytes: 9, crc64Nvme: 'rosUhgp5mIg=' });
    });

    it('the current version where none is asked for', async () => {
      const archive = await emptyArchive();
      const first = await archive.create(object(5), bytes('first'));
      await archive.putSidecar(key, '123456789');

      const current = await archive.look(key);

      expect(current).toMatchObject({ sizeBytes: 9 });
      expect(current?.versionId).not.toBe(first.kind === 'stored' ? first.versionId : undefined);
      expect(await archive.look(`${key}.other`)).toBeUndefined();
    });

    it('nothing where that version is not', async () => {
      const archive = await emptyArchive();
      const first = await archive.create(object(9), bytes('123456789'));
      const versionId = first.kind === 'stored' ? (first.versionId ?? '') : '';

      expect(await archive.look(`${key}.other`, versionId)).toBeUndefined();
    });
  });

  describe(`${name} puts texts`, () => {
    it.each(['putSidecar', 'putParked'] as const)('over what was there: %s', async (put) => {
      const archive = await emptyArchive();

      await archive[put]('parked/enrich-task/1.json', '{"is":"first"}');
      await archive[put]('parked/enrich-task/1.json', '{"is":"zweites, „schön“"}');

      const found = await archive.open('parked/enrich-task/1.json');
      expect(found && (await text(found.stream))).toBe('{"is":"zweites, „schön“"}');
    });

    it('of a transcript as versions of their own, and says which', async () => {
      const archive = await emptyArchive();
      const of = key.replace(/RE(.*)wav$/, 'CH$1txt');

      const first = await archive.putTranscript(of, 'ada: Grüß Gott 👋', 'text/plain; charset=utf-8');
      const second = await archive.putTranscript(of, 'ada: Grüß Gott 👋\nbob: hi', 'text/plain; charset=utf-8');

      const before = await archive.open(of, first.versionId);
      const now = await archive.open(of, second.versionId);
      const current = await archive.open(of);
      expect(before && (await text(before.stream))).toBe('ada: Grüß Gott 👋');
      expect(now && (await text(now.stream))).toBe('ada: Grüß Gott 👋\nbob: hi');
      expect(current?.versionId).toBe(second.versionId);
      expect(second.versionId).not.toBe(first.versionId);
    });
  });
}

function* pieces(content: Buffer): Generator<Buffer> {
  for (let at = 0; at < content.length; at += 65_536) yield content.subarray(at, at + 65_536);
}
