import type { Screen } from './progress.ts';

/** A stream of this process as a screen. */
export function screenOf(stream: NodeJS.WriteStream): Screen {
  return {
    isTty: stream.isTTY,
    get columns() {
      // A pseudo-terminal that nobody has sized says 0.
      return stream.isTTY && stream.columns > 0 ? stream.columns : 80;
    },
    write: (text) => void stream.write(text),
  };
}
