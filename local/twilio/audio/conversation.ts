import { createHash } from 'node:crypto';
import { SAMPLES_PER_SECOND } from './wav-header.ts';

/** A made-up talk of two: in each second one of them sounds a tone of his own choosing, then is silent. */
export interface Conversation {
  /** The samples of second `second`, interleaved; one channel is the mix of the two. The array is fresh. */
  second(second: number, channels: 1 | 2): Int16Array;
}

const TONES_HZ = [220, 262, 294, 330, 349, 392, 440, 494, 523, 587, 659, 698, 784, 880, 988, 1047] as const;
const LOUDNESS = 8_000;
const SOUNDING_SAMPLES = 6_000;

/** One second of each tone, made when it is first needed: 256 KB for all of them, however long the recordings. */
const tones: Int16Array[] = [];

function toneSecond(tone: number): Int16Array {
  const hz = TONES_HZ[tone % TONES_HZ.length] ?? TONES_HZ[0];
  return (tones[tone] ??= Int16Array.from({ length: SAMPLES_PER_SECOND }, (_none, i) =>
    i < SOUNDING_SAMPLES ? Math.round(LOUDNESS * Math.sin((2 * Math.PI * hz * i) / SAMPLES_PER_SECOND)) : 0,
  ));
}

/**
 * The talk that belongs to a recording's SID: the same SID, the same sound, on every machine.
 *
 * The first sample of each second is the second's number, so that no two seconds are alike and a piece that is lost,
 * doubled or moved is noticed.
 */
export function conversationOf(recordingSid: string): Conversation {
  const seed = createHash('sha256').update(recordingSid).digest().readUInt32LE(0);
  const chosen = (second: number): { readonly tone: number; readonly speaker: 0 | 1 } => {
    const mixed = Math.imul((seed ^ second) + 0x9e3779b9, 0x85ebca6b) >>> 0;
    return { tone: (mixed >>> 8) % TONES_HZ.length, speaker: (mixed >>> 24) & 1 ? 1 : 0 };
  };

  return {
    second(second, channels) {
      const { tone, speaker } = chosen(second);
      const mix = Int16Array.from(toneSecond(tone));
      mix[0] = second & 0x7fff;
      if (channels === 1) return mix;
      const both = new Int16Array(SAMPLES_PER_SECOND * 2);
      for (let i = 0; i < SAMPLES_PER_SECOND; i += 1) both[2 * i + speaker] = mix[i] ?? 0;
      return both;
    },
  };
}
