import type { EventEmitter } from 'node:events';

/** The exit code of a program whose reader went away, as a shell gives it: 128 and SIGPIPE's 13. */
const readerGone = 141;

/** Ends the process without a word when whoever reads the stream has gone, as `head` does; other errors are thrown. */
export function endWithReader(stream: Pick<EventEmitter, 'on'>, exit: (code: number) => void): void {
  stream.on('error', (error: Error & { readonly code?: string }) => {
    if (error.code !== 'EPIPE') throw error;
    exit(readerGone);
  });
}
