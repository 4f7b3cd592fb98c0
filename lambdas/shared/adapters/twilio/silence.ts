import { pipeline, Transform } from 'node:stream';
import type { Readable } from 'node:stream';

/** The same bytes, broken off with an error when none came, or none was taken, for `silenceSeconds`. */
export function endedBySilence(source: Readable, silenceSeconds: number): Readable {
  const stream = new Transform({
    transform(chunk, _encoding, pass) {
      timer.refresh();
      pass(null, chunk);
    },
  });
  const timer = setTimeout(() => stream.destroy(new Error(`no byte for ${silenceSeconds} s`)), silenceSeconds * 1000);
  return pipeline(source, stream, () => clearTimeout(timer));
}
