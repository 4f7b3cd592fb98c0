import { conversationOf } from './conversation.ts';
import { wavHeader } from './wav-header.ts';

export interface Wav {
  readonly recordingSid: string;
  readonly durationSeconds: number;
  readonly channels: 1 | 2;
}

const SECONDS_PER_CHUNK = 4;

/** The whole WAV, header first, four seconds at a time; nothing is kept between two chunks. */
export function* wavChunks(wav: Wav): Generator<Buffer, void, undefined> {
  const talk = conversationOf(wav.recordingSid);
  yield wavHeader(wav.durationSeconds, wav.channels);
  for (let from = 0; from < wav.durationSeconds; from += SECONDS_PER_CHUNK) {
    const to = Math.min(from + SECONDS_PER_CHUNK, wav.durationSeconds);
    const seconds: Buffer[] = [];
    for (let second = from; second < to; second += 1) seconds.push(littleEndian(talk.second(second, wav.channels)));
    yield Buffer.concat(seconds);
  }
}

/** Every machine that Node 24 runs on and we use keeps its numbers little end first, as WAV does. */
const littleEndian = (samples: Int16Array): Buffer =>
  Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
