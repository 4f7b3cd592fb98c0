import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Clock } from '../../clock.ts';

export interface LocalServer {
  /** `127.0.0.1:<port>` */
  readonly host: string;
  /** Breaks every connection. */
  close(): Promise<void>;
}

/** Serves on 127.0.0.1; every answer is dated by the clock, which does not jump while one is under way. */
export async function startLocalServer(
  clock: Clock,
  port: number,
  serve: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<LocalServer> {
  const server = createServer((request, response) => {
    response.once('close', clock.busy());
    response.sendDate = false;
    response.setHeader('Date', new Date(clock.now()).toUTCString());
    // A fault of the simulator itself: the client sees a broken connection, never an answer that Twilio did not give.
    serve(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the simulator listens on no TCP port');
  return {
    host: `127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
