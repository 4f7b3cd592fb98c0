import { createServer, type IncomingHttpHeaders } from 'node:http';

export interface CaughtWebhook {
  /** Path and query, as they came. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface WebhookCatcher {
  readonly url: string;
  readonly caught: readonly CaughtWebhook[];
  /** Answers the following requests with these statuses, then 204 again. */
  answerNext(...statuses: readonly number[]): void;
  answerAlways(status: number): void;
  close(): Promise<void>;
}

/** Stands where the gateway would: keeps every request and answers 204 unless told otherwise. */
export async function catchWebhooks(): Promise<WebhookCatcher> {
  const caught: CaughtWebhook[] = [];
  let next: readonly number[] = [];
  let always = 204;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      caught.push({ url: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
      const [status, ...rest] = next;
      next = rest;
      response.writeHead(status ?? always).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the catcher listens on no TCP port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    caught,
    answerNext: (...statuses) => void (next = statuses),
    answerAlways: (status) => void (always = status),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
