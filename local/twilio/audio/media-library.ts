import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RecordingSid } from '../../../lambdas/shared/domain/sids.ts';
import { RefusedByTwilioError } from '../refused-by-twilio-error.ts';
import type { ServedMedia } from '../simulator.ts';
import type { RecordingSeal } from '../state/recording-seal.ts';
import type { World } from '../state/world.ts';
import { wavChunks, type Wav } from './wav-chunks.ts';
import { wavSizeBytes } from './wav-header.ts';

/** The true sound of every recording, and what was last served of it. */
export interface MediaLibrary {
  wav(recordingSid: RecordingSid, channels: 1 | 2): Wav;
  /** How it is encrypted when it is served; undefined when it is not. */
  seal(recordingSid: RecordingSid): RecordingSeal | undefined;
  bytes(recordingSid: RecordingSid, channels: 1 | 2): Readable;
  sizeBytes(recordingSid: RecordingSid, channels: 1 | 2): number;
  sha256(recordingSid: RecordingSid, channels: 1 | 2): Promise<string>;
  noteServed(recordingSid: RecordingSid, served: ServedMedia): void;
  served(recordingSid: RecordingSid): ServedMedia | undefined;
}

export function mediaLibrary(world: World): MediaLibrary {
  const hashes = new Map<string, Promise<string>>();
  const lastServed = new Map<RecordingSid, ServedMedia>();

  const wav = (recordingSid: RecordingSid, channels: 1 | 2): Wav => {
    const durationSeconds = world.recordings.get(recordingSid)?.durationSeconds;
    if (durationSeconds === undefined) throw new RefusedByTwilioError(`recording ${recordingSid} has no media (yet)`);
    return { recordingSid, durationSeconds, channels };
  };
  const bytes = (recordingSid: RecordingSid, channels: 1 | 2): Readable =>
    Readable.from(wavChunks(wav(recordingSid, channels)), { objectMode: false });

  return {
    wav,
    seal: (recordingSid) => world.recordings.get(recordingSid)?.seal,
    bytes,
    sizeBytes(recordingSid, channels) {
      return wavSizeBytes(wav(recordingSid, channels).durationSeconds, channels);
    },
    sha256(recordingSid, channels) {
      const key = `${recordingSid}/${channels}`;
      const known = hashes.get(key) ?? sha256Of(wav(recordingSid, channels));
      hashes.set(key, known);
      return known;
    },
    noteServed: (recordingSid, served) => lastServed.set(recordingSid, served),
    served: (recordingSid) => lastServed.get(recordingSid),
  };
}

/** In turns with everything else that goes on: four hours of stereo are half a second of work. */
async function sha256Of(wav: Wav): Promise<string> {
  const hash = createHash('sha256');
  for (const chunk of wavChunks(wav)) {
    hash.update(chunk);
    await nextTurn();
  }
  return hash.digest('hex');
}
