import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brokenVectors, envelopeOf, pathOf, sealedVectors, vectorNamed } from '../../support/encryption/vectors.ts';
import { runOffline } from './run-offline.ts';

const tiny = vectorNamed('tiny-2048');
const sealed = pathOf(tiny.file);
const pem = pathOf(tiny.key);
const envelope = pathOf('tiny-2048.envelope.json');

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'recording-decrypt-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const out = (): string => join(folder, 'sound.wav');
const written = (): readonly string[] => readdirSync(folder);
const typedFile = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
};
const decrypt = (...typed: readonly string[]) => runOffline(['recording', 'decrypt', ...typed]);

describe('recording decrypt', () => {
  it.each(sealedVectors)('writes the sound that others encrypted: $name', async (vector) => {
    const details = typedFile('details.json', vector.encryptionDetails);

    const answer = await decrypt(
      ...[pathOf(vector.file), '--key', pathOf(vector.key), '--envelope', details, '--out', out(), '--json'],
    );

    expect(answer.code).toBe(0);
    expect(JSON.parse(answer.out)).toEqual({
      file: pathOf(vector.file),
      out: out(),
      isDecrypted: true,
      publicKeySid: envelopeOf(vector).publicKeySid,
      ...vector.sound,
    });
    expect(createHash('sha256').update(readFileSync(out())).digest('hex')).toBe(vector.sound.sha256);
    expect(statSync(out()).mode & 0o777).toBe(0o600);
  });

  it('says for a person what it wrote', async () => {
    const answer = await decrypt(sealed, '--key', pem, '--envelope', envelope, '--out', out());

    expect(answer).toMatchObject({
      code: 0,
      out: `${out()}: 1.6 kB, 1 channel, 0.1 s\nSHA-256 ${tiny.sound.sha256}\n`,
    });
  });

  it.each([
    ['the Recording resource', { sid: 'RE…', encryption_details: tiny.encryptionDetails }, '--envelope'],
    ['the archive’s JSON', { recordingSid: 'RE…', audio: { encryption: envelopeOf(tiny) } }, '--sidecar'],
  ])('takes the envelope from %s', async (_what, content, option) => {
    const file = typedFile('about.json', content);

    expect((await decrypt(sealed, '--key', pem, option, file, '--out', out())).code).toBe(0);
  });

  it('takes it from the JSON that lies beside the file as in the archive', async () => {
    const beside = join(folder, 'RE1.wav.enc');
    copyFileSync(sealed, beside);
    typedFile('RE1.json', { audio: { encryption: envelopeOf(tiny) } });

    expect((await decrypt(beside, '--key', pem, '--out', out())).code).toBe(0);
    expect(written()).toEqual(['RE1.json', 'RE1.wav.enc', 'sound.wav']);
  });

  it.each(brokenVectors)('leaves nothing of what does not open: $name', async (vector) => {
    const details = typedFile('details.json', vector.encryptionDetails);

    const answer = await decrypt(
      ...[pathOf(vector.file), '--key', pathOf(vector.key), '--envelope', details, '--out', out()],
    );

    expect(answer.code).toBe(1);
    expect(answer.out).toMatch(/was not decrypted, and nothing was written: (its authentication tag|it has 15 bytes)/);
    expect(written()).toEqual(['details.json']);
  });

  it('says which public key the private one does not belong to', async () => {
    const answer = await decrypt(
      ...[sealed, '--key', pathOf('stranger.pem'), '--envelope', envelope, '--out', out(), '--json'],
    );

    expect(answer.code).toBe(1);
    expect(JSON.parse(answer.out)).toMatchObject({
      isDecrypted: false,
      publicKeySid: envelopeOf(tiny).publicKeySid,
      why: expect.stringContaining('does not open the wrapped key'),
    });
    expect(written()).toEqual([]);
  });

  it('leaves a file that is there as it is', async () => {
    writeFileSync(out(), 'mine');

    const answer = await decrypt(sealed, '--key', pem, '--envelope', envelope, '--out', out());

    expect(answer).toMatchObject({ code: 2, out: '', err: `${out()} is there already: name another file\n` });
    expect(readFileSync(out(), 'utf8')).toBe('mine');
  });

  it.each<readonly [string, readonly string[], string]>([
    ['no file', [], 'wants a file, its key and a place'],
    ['no key', [sealed, '--out', 'x.wav'], 'wants a file, its key and a place'],
    ['two files', [sealed, sealed, '--key', pem, '--out', 'x.wav'], 'wants a file, its key and a place'],
    ['both envelopes', [sealed, '--key', pem, '--out', 'x', '--envelope', envelope, '--sidecar', envelope], 'type one'],
    ['a file that is not there', ['no.wav.enc', '--key', pem, '--out', 'x', '--envelope', envelope], 'cannot be read'],
    ['no JSON beside the file', [pathOf('no-tag.wav.enc'), '--key', pem, '--out', 'x'], 'no-tag.json cannot be read'],
    ['an envelope that is none', [sealed, '--key', pem, '--out', 'x', '--envelope', pem], 'holds no envelope'],
    [
      'a place that is none',
      [sealed, '--key', pem, '--out', '/no/such/folder/x.wav', '--envelope', envelope],
      'cannot be written',
    ],
  ])('says what to type for %s', async (_what, typed, why) => {
    expect(await decrypt(...typed)).toMatchObject({ code: 2, out: '', err: expect.stringContaining(why) });
  });
});
