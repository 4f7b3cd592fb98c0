import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';

/** A server that answers as a test says, on a free port of this machine. */
export interface HttpAnswers {
  readonly url: string;
  /** How many requests have come so far. */
  requestCount(): number;
  /** Breaks what is open and frees the port. */
  close(): Promise<void>;
}

export async function answerHttp(listener: RequestListener): Promise<HttpAnswers> {
  let requestCount = 0;
  const server = createServer((request, response) => {
    requestCount += 1;
    listener(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    requestCount: () => requestCount,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
