import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type { RecordingSid } from '../../../lambdas/shared/domain/sids.ts';
import type { MediaLibrary } from '../audio/media-library.ts';
import { TAG_BYTES, sealedChunks } from '../audio/sealed-chunks.ts';
import { wavChunks } from '../audio/wav-chunks.ts';
import { wavSizeBytes } from '../audio/wav-header.ts';
import type { MediaFault } from '../simulator.ts';

export interface MediaOrder {
  readonly recordingSid: RecordingSid;
  readonly channels: 1 | 2;
  readonly headOnly: boolean;
  readonly declareLength: boolean;
  readonly fault: MediaFault | undefined;
}

const ERROR_PAGE = '<!doctype html><title>Something went wrong</title><h1>Something went wrong</h1>\n';

/** Streams a recording's WAV, or its ciphertext, in constant memory, with the fault that was ordered, and notes what went out. */
export async function sendMedia(response: ServerResponse, order: MediaOrder, library: MediaLibrary): Promise<void> {
  const { fault } = order;
  if (fault?.kind === 'error-page') {
    response.writeHead(200, { 'Content-Type': 'text/html', 'Content-Length': ERROR_PAGE.length }).end(ERROR_PAGE);
    return;
  }
  const other = order.channels === 1 ? 2 : 1;
  const wav = library.wav(order.recordingSid, fault?.kind === 'wrong-channels' ? other : order.channels);
  const seal = library.seal(order.recordingSid);
  const wholeBytes = wavSizeBytes(wav.durationSeconds, wav.channels) + (seal === undefined ? 0 : TAG_BYTES);
  const declaredBytes = declared(order, wholeBytes);
  response.writeHead(200, {
    'Content-Type': 'audio/x-wav',
    ...(declaredBytes !== undefined && { 'Content-Length': declaredBytes }),
  });
  if (order.headOnly) {
    response.end();
    return;
  }
  const sound = tally();
  const sent = await writeAll(
    response,
    withFault(seal === undefined ? wavChunks(wav) : sealedChunks(sound.counted(wavChunks(wav)), seal), fault),
    fault?.kind === 'slow-drip' ? fault.pauseMs : 0,
  );
  const whole = sent.sizeBytes === wholeBytes;
  const inside = seal === undefined ? {} : { sound: sound.total() };
  library.noteServed(order.recordingSid, { ...sent, channels: wav.channels, whole, ...inside });
  const breaksOff = fault?.kind === 'reset' || sent.sizeBytes < (declaredBytes ?? 0);
  if (!breaksOff) return void response.end();
  await flushed(response);
  if (fault?.kind === 'reset') response.socket?.resetAndDestroy();
  else response.destroy();
}

function declared(order: MediaOrder, wholeBytes: number): number | undefined {
  if (!order.declareLength) return undefined;
  if (order.fault?.kind !== 'truncated' || order.fault.declares === 'whole') return wholeBytes;
  return order.fault.declares === 'nothing' ? undefined : Math.min(order.fault.afterBytes, wholeBytes);
}

/** Counts and hashes what passes by. */
function tally() {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  return {
    *counted(chunks: Iterable<Buffer>): Generator<Buffer, void, undefined> {
      for (const chunk of chunks) {
        hash.update(chunk);
        sizeBytes += chunk.length;
        yield chunk;
      }
    },
    total: () => ({ sizeBytes, sha256: hash.digest('hex') }),
  };
}

async function writeAll(
  response: ServerResponse,
  chunks: Iterable<Buffer>,
  pauseMs: number,
): Promise<{ sizeBytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for (const chunk of chunks) {
    if (response.destroyed) break;
    hash.update(chunk);
    sizeBytes += chunk.length;
    if (!response.write(chunk)) await drained(response);
    if (pauseMs > 0) await pause(pauseMs);
  }
  return { sizeBytes, sha256: hash.digest('hex') };
}

/** When everything written has left this process, so that a break comes behind it and not in its stead. */
async function flushed(response: ServerResponse): Promise<void> {
  await nextTurn();
  await new Promise<void>((resolve) => (response.socket ? response.socket.write('', () => resolve()) : resolve()));
}

/** When the client has taken what was written, or is gone. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    if (response.destroyed) return resolve();
    response.on('drain', done).on('close', done);
  });
}

function* withFault(chunks: Iterable<Buffer>, fault: MediaFault | undefined): Generator<Buffer, void, undefined> {
  if (fault?.kind === 'truncated' || fault?.kind === 'reset') yield* firstBytes(chunks, fault.afterBytes);
  else if (fault?.kind === 'corrupted') yield* withByteChanged(chunks, fault.atByte);
  else if (fault?.kind === 'slow-drip') yield* inPieces(chunks, fault.chunkBytes);
  else yield* chunks;
}

function* firstBytes(chunks: Iterable<Buffer>, count: number): Generator<Buffer, void, undefined> {
  let left = count;
  for (const chunk of chunks) {
    if (left <= 0) return;
    yield chunk.subarray(0, left);
    left -= chunk.length;
  }
}

function* withByteChanged(chunks: Iterable<Buffer>, at: number): Generator<Buffer, void, undefined> {
  let offset = 0;
  for (const chunk of chunks) {
    const place = at - offset;
    if (place >= 0 && place < chunk.length) chunk[place] = (chunk[place] ?? 0) ^ 0x01;
    offset += chunk.length;
    yield chunk;
  }
}

function* inPieces(chunks: Iterable<Buffer>, size: number): Generator<Buffer, void, undefined> {
  for (const chunk of chunks) {
    for (let from = 0; from < chunk.length; from += size) yield chunk.subarray(from, from + size);
  }
}
