import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { exitCodes } from '../command.ts';
import type { Command, CommandNeeds, ExitCode } from '../command.ts';
import { readEnvelope } from './envelope.ts';
import { writeWhole } from './write-whole.ts';
import { openCek } from '../../lambdas/shared/adapters/secrets/recording-keys.ts';
import { streamInspector } from '../../lambdas/shared/adapters/streams/inspect-stream.ts';
import { sidecarKey } from '../../lambdas/shared/domain/archive-key.ts';
import type { RecordingEncryption } from '../../lambdas/shared/domain/recording-record.ts';
import { readWavHeader } from '../../lambdas/shared/domain/wav.ts';
import type { StreamFacts } from '../../lambdas/shared/ports/stream-inspector.ts';
import { WrongTagError, decrypting } from '../../lambdas/shared/steps/decrypting.ts';
import { UsageError } from '../../local/terminal/options.ts';
import type { TypedOptions } from '../../local/terminal/options.ts';
import { printable } from '../../local/terminal/printable.ts';
import { counted, secondsText, sizeText } from '../../local/terminal/words.ts';

const usage = '<file.wav.enc> --key <private.pem> [--envelope <json> | --sidecar <json>] --out <file>';

/** `recording decrypt`: opens a ciphertext of the archive, or of Twilio, with a private key. It asks no pipeline. */
export const recordingDecrypt: Command = {
  name: 'recording decrypt',
  usage,
  summary: 'opens an encrypted recording with a private key; asks no pipeline',
  options: {
    key: { kind: 'text', placeholder: 'private.pem', help: 'the private key, PKCS8 in PEM, without a passphrase' },
    envelope: { kind: 'text', placeholder: 'json', help: "Twilio's encryption_details, or the Recording resource" },
    sidecar: {
      kind: 'text',
      placeholder: 'json',
      help: "the archive's JSON of the recording; without it, the one beside the file",
    },
    out: { kind: 'text', placeholder: 'file', help: 'where the sound is written; a file that is there stays as it is' },
    json: { kind: 'flag', help: 'one JSON object instead of text' },
  },
  details: [
    'The sound is there under its name when its authentication tag was found right, and not before. Exits 1, and leaves',
    'nothing, when the key does not open the recording or the tag does not hold: the file was changed, cut short, or is',
    'another recording’s than the envelope says. What it writes is the call: mind where. docs/encryption.md says how keys,',
    'envelopes and files belong together.',
  ],
  async run({ typed, print, progress, readTyped }: CommandNeeds): Promise<ExitCode> {
    const { file, key, out, envelope } = readWords(typed);
    const sizeBytes = await sizeOf(file);
    const encryption = readEnvelope(envelope, await readTyped(envelope));
    const cek = openCek(await readTyped(key), encryption);
    if (cek.kind !== 'opened')
      return notOpened({ file, encryption, why: cek.kind === 'bad' ? cek.why : cek.kind }, typed, print);
    const source = Readable.from(shown(createReadStream(file), sizeBytes, progress), { objectMode: false });
    const read = await writeSound(out, decrypting(cek, source));
    progress.end();
    if (typeof read === 'string') return notOpened({ file, encryption, why: read }, typed, print);
    told({ file, out, encryption }, read, typed, print);
    return exitCodes.done;
  },
};

interface Words {
  readonly file: string;
  readonly key: string;
  readonly out: string;
  /** The file in which the envelope is. */
  readonly envelope: string;
}

function readWords({ words, texts }: TypedOptions): Words {
  const [file, ...others] = words;
  const [key, out] = [texts.get('key'), texts.get('out')];
  if (file === undefined || others.length > 0 || key === undefined || out === undefined)
    throw new UsageError(
      `recording decrypt wants a file, its key and a place: npm run cli -- recording decrypt ${usage}`,
    );
  if (texts.has('envelope') && texts.has('sidecar'))
    throw new UsageError('--envelope and --sidecar both say how the recording was encrypted: type one of them');
  return { file, key, out, envelope: texts.get('envelope') ?? texts.get('sidecar') ?? sidecarKey(file) };
}

async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch((cause: unknown) => {
    throw new UsageError(`${file} cannot be read: name the ciphertext`, { cause });
  });
  return found.size;
}

/** The same bytes, each told of as it is read. */
async function* shown(
  source: Readable,
  sizeBytes: number,
  progress: CommandNeeds['progress'],
): AsyncGenerator<Buffer, void, undefined> {
  const parts: AsyncIterable<Buffer> = source;
  let readBytes = 0;
  for await (const part of parts) {
    readBytes += part.length;
    progress.show([`${sizeText(readBytes)} of ${sizeText(sizeBytes)}`]);
    yield part;
  }
}

/** What was written; why nothing was, where the ciphertext is to blame. @throws {UsageError} where the place is. */
async function writeSound(out: string, sound: Readable): Promise<StreamFacts | string> {
  const inspected = streamInspector.inspect(sound);
  const written = await writeWhole(out, inspected.stream);
  if (written.kind === 'written') return inspected.facts;
  if (written.kind === 'exists') throw new UsageError(`${out} is there already: name another file`);
  const [facts] = await Promise.allSettled([inspected.facts]);
  if (facts.status === 'rejected' && facts.reason instanceof WrongTagError) return facts.reason.message;
  throw new UsageError(`${out} cannot be written: ${String(written.cause)}`, { cause: written.cause });
}

function notOpened(
  { file, encryption, why }: { readonly file: string; readonly encryption: RecordingEncryption; readonly why: string },
  typed: TypedOptions,
  print: CommandNeeds['print'],
): ExitCode {
  const { publicKeySid } = encryption;
  if (typed.flags.has('json')) print(JSON.stringify({ file, isDecrypted: false, publicKeySid, why }));
  else print(printable(`${file} was not decrypted, and nothing was written: ${why}`));
  return exitCodes.notGood;
}

function told(
  { file, out, encryption }: { readonly file: string; readonly out: string; readonly encryption: RecordingEncryption },
  { sizeBytes, sha256, head }: StreamFacts,
  typed: TypedOptions,
  print: CommandNeeds['print'],
): void {
  const { publicKeySid } = encryption;
  const wav = readWavHeader(head, sizeBytes);
  const sound = wav.kind === 'wav' ? { channels: wav.facts.channels, durationSeconds: wav.facts.durationSeconds } : {};
  if (typed.flags.has('json'))
    return print(JSON.stringify({ file, out, isDecrypted: true, publicKeySid, sizeBytes, sha256, ...sound }));
  const what =
    wav.kind === 'wav'
      ? `${counted(wav.facts.channels, 'channel')}, ${secondsText(wav.facts.durationSeconds)}`
      : `no WAV: ${wav.why}`;
  print(printable(`${out}: ${sizeText(sizeBytes)}, ${what}`));
  print(`SHA-256 ${sha256}`);
}
