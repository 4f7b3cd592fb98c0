import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { UsageError } from '../../local/terminal/options.ts';

/** What was put into the zip, measured on its way. */
export interface WrittenFile {
  readonly name: string;
  readonly sizeBytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

export interface ZipWriter {
  /** Reads the stream to its end before it resolves, so that only one is open. Rejects when it breaks. */
  add(name: string, body: Readable | string): Promise<WrittenFile>;
  /** Puts the zip under its name; until then it is called `<name>.partial`. */
  finish(): Promise<void>;
  /** Takes away what was written so far. */
  giveUp(): Promise<void>;
}

/**
 * Writes a zip of any size with bounded memory, readable by its owner alone; all entries are dated `at`.
 *
 * @throws {UsageError} when the file, or one half written, is there already, or cannot be written.
 */
export async function writeZip(path: string, at: Date): Promise<ZipWriter> {
  const partial = `${path}.partial`;
  if (existsSync(path)) throw new UsageError(`--out: ${path} is there already`);
  const file = createWriteStream(partial, { flags: 'wx', mode: 0o600 });
  await once(file, 'open').catch((cause: unknown) => {
    throw new UsageError(`--out: ${partial} cannot be written (${faultCode(cause)})`, { cause });
  });
  const zip = new ZipFile();
  const failed = new AbortController();
  zip.on('error', (error: unknown) => failed.abort(error));
  const written = pipeline(zip.outputStream, file, { signal: failed.signal });
  let fault: UsageError | undefined;
  written.catch((cause: unknown) => {
    fault = new UsageError(`--out: ${partial} cannot be written (${faultCode(cause)})`, { cause });
    failed.abort(cause);
  });
  return {
    async add(name, body) {
      const measured = measuring();
      const source = typeof body === 'string' ? Readable.from([Buffer.from(body)], { objectMode: false }) : body;
      // Sound hardly gets smaller; words do.
      zip.addReadStream(measured.stream, name, { compress: typeof body === 'string', mtime: at, mode: 0o100600 });
      await pipeline(source, measured.stream, { signal: failed.signal }).catch((cause: unknown) => {
        throw fault ?? cause;
      });
      return { name, ...measured.result() };
    },
    async finish() {
      zip.end();
      await written.catch((cause: unknown) => {
        throw fault ?? cause;
      });
      await rename(partial, path);
    },
    async giveUp() {
      failed.abort(new Error('given up'));
      await written.catch(() => undefined);
      await rm(partial, { force: true });
    },
  };
}

function measuring() {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, pass) {
      hash.update(chunk);
      sizeBytes += chunk.length;
      pass(null, chunk);
    },
  });
  return { stream, result: () => ({ sizeBytes, sha256: hash.digest('hex') }) };
}

/** Node's own name of the fault: ENOENT, EACCES, EISDIR. */
function faultCode(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'for no known reason';
}
