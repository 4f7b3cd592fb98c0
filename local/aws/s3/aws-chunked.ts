import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { AwsError } from '../aws-error.ts';
import type { ClaimedSignature } from '../http/claimed-signature.ts';
import { sha256Hex } from '../http/sigv4.ts';

/** What the chunks are signed with, beginning with the signature of the request's own head. */
export interface ChunkSigning {
  readonly signingKey: Buffer;
  readonly claim: ClaimedSignature;
}

const longestLineBytes = 16_384;
const emptyHash = sha256Hex('');

/**
 * Takes the `aws-chunked` coding off a body: yields the content, and hands over the trailing headers at its end.
 *
 * With `signing`, every chunk's signature is proved before its bytes count, and the trailer's too; a chunk is passed on
 * in pieces as it comes, so what is wrong shows only at its end, when the caller must throw away what it got.
 *
 * @throws {AwsError} IncompleteBody when the body breaks off or is not so coded, SignatureDoesNotMatch for a wrong chunk.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html (read 2026-11)
 */
export async function* decodeAwsChunked(
  source: AsyncIterable<Buffer>,
  onTrailer: (name: string, value: string) => void,
  signing?: ChunkSigning,
): AsyncGenerator<Buffer> {
  const reader = startReader(source);
  const proof = signing === undefined ? undefined : startChunkProof(signing);
  for (;;) {
    const line = await reader.line();
    const [, size = '', , signature] =
      /^([0-9a-fA-F]{1,8})(;chunk-signature=([0-9a-f]{64}))?$/.exec(line) ??
      broken(`a chunk began with "${line.slice(0, 80)}"`);
    const sizeBytes = Number.parseInt(size, 16);
    proof?.beginChunk();
    for (let left = sizeBytes; left > 0;) {
      const piece = await reader.bytes(left);
      left -= piece.length;
      proof?.update(piece);
      yield piece;
    }
    proof?.endChunk(signature);
    if (sizeBytes === 0) break;
    if ((await reader.line()) !== '') broken('a chunk was longer than it said');
  }
  await readTrailer(reader, onTrailer, proof);
}

async function readTrailer(
  reader: Reader,
  onTrailer: (name: string, value: string) => void,
  proof: ChunkProof | undefined,
): Promise<void> {
  let signed = '';
  let isProved = false;
  for (let line = await reader.lastLine(); line !== undefined && line !== ''; line = await reader.lastLine()) {
    const mark = line.indexOf(':');
    if (mark === -1) broken('a trailing header has no colon');
    const name = line.slice(0, mark).trim().toLowerCase();
    const value = line.slice(mark + 1).trim();
    if (name === 'x-amz-trailer-signature') {
      proof?.proveTrailer(signed, value);
      isProved = true;
    } else {
      signed += `${name}:${value}\n`;
      onTrailer(name, value);
    }
  }
  // What nobody signed must not count as signed.
  if (signed !== '' && !isProved) proof?.proveTrailer(signed, '');
}

interface Reader {
  line(): Promise<string>;
  /** As `line`, but undefined when the body has ended: the last line break is often left out. */
  lastLine(): Promise<string | undefined>;
  /** Between 1 and `atMost` bytes. */
  bytes(atMost: number): Promise<Buffer>;
}

function startReader(source: AsyncIterable<Buffer>): Reader {
  const chunks = source[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  const more = async (): Promise<boolean> => {
    const next = await chunks.next();
    if (next.done === true) return false;
    held = held.length === 0 ? next.value : Buffer.concat([held, next.value]);
    return true;
  };
  const lastLine = async (): Promise<string | undefined> => {
    for (;;) {
      const end = held.indexOf('\r\n');
      if (end !== -1) {
        const line = held.toString('latin1', 0, end);
        held = held.subarray(end + 2);
        return line;
      }
      if (held.length > longestLineBytes) return broken('a line is too long');
      if (!(await more())) return held.length === 0 ? undefined : broken('it breaks off within a line');
    }
  };
  return {
    lastLine,
    line: async () => (await lastLine()) ?? broken('it breaks off'),
    async bytes(atMost) {
      while (held.length === 0) if (!(await more())) broken('it breaks off within a chunk');
      const piece = held.subarray(0, atMost);
      held = held.subarray(piece.length);
      return piece;
    },
  };
}

interface ChunkProof {
  beginChunk(): void;
  update(piece: Buffer): void;
  endChunk(signature: string | undefined): void;
  proveTrailer(headers: string, signature: string): void;
}

function startChunkProof({ signingKey, claim }: ChunkSigning): ChunkProof {
  let previous = claim.signature;
  let hash = createHash('sha256');
  const prove = (signature: string | undefined, kind: string, hashes: readonly string[]): void => {
    const toSign = [kind, claim.timestamp, claim.scope, previous, ...hashes].join('\n');
    const expected = createHmac('sha256', signingKey).update(toSign).digest();
    const given = Buffer.from(signature ?? '', 'hex');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      throw new AwsError(403, 'SignatureDoesNotMatch', 'The signature of a chunk or of the trailer does not match.');
    }
    previous = given.toString('hex');
  };
  return {
    beginChunk: () => void (hash = createHash('sha256')),
    update: (piece) => void hash.update(piece),
    endChunk: (signature) => prove(signature, 'AWS4-HMAC-SHA256-PAYLOAD', [emptyHash, hash.digest('hex')]),
    proveTrailer: (headers, signature) => prove(signature, 'AWS4-HMAC-SHA256-TRAILER', [sha256Hex(headers)]),
  };
}

function broken(why: string): never {
  throw new AwsError(400, 'IncompleteBody', `The aws-chunked body is not what it should be: ${why}.`);
}
