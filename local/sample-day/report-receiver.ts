import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import type { RecordingSid } from '../../lambdas/shared/domain/sids.ts';

/** A contact status of ours, or an agent's state, as a target got it. */
export interface ReceivedReport {
  readonly kind: 'contact-status' | 'agent-state';
  /** Blank of an agent's state. */
  readonly recordingSid: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly isSigned: boolean;
}

/** Somebody who wants to hear of every archived leg and of every agent: the target of the day's reports. */
export interface ReportReceiver {
  readonly url: string;
  /** `whsec_` and base64, as they were agreed on for each target; before this nothing that comes is signed. */
  verifyWith(secrets: readonly string[]): void;
  received(): readonly ReceivedReport[];
  /**
   * Sends what came of this recording to another address, word for word and under its own headers, as a target does that
   * was set up by mistake with the pipeline's own URL. Resolves to how many were taken there.
   */
  passOn(recordingSid: RecordingSid, url: string): Promise<number>;
  close(): Promise<void>;
}

export async function startReportReceiver(): Promise<ReportReceiver> {
  const received: ReceivedReport[] = [];
  let keys: readonly Buffer[] = [];
  const server = createServer((request, response) => {
    void readReport(request, keys).then((report) => {
      received.push(report);
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the receiver listens on no TCP port');
  return {
    url: `http://127.0.0.1:${address.port}/contact-status`,
    verifyWith: (secrets) =>
      void (keys = secrets.map((secret) => Buffer.from(secret.replace(/^whsec_/, ''), 'base64'))),
    received: () => [...received],
    async passOn(recordingSid, url) {
      const own = received.filter((report) => report.recordingSid === recordingSid);
      const answers = await Promise.all(
        own.map(({ headers, body }) => fetch(url, { method: 'POST', headers: passedOn(headers), body })),
      );
      return answers.filter(({ ok }) => ok).length;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readReport(request: IncomingMessage, keys: readonly Buffer[]): Promise<ReceivedReport> {
  const body = await text(request);
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  return {
    kind: headers['x-report-kind'] === 'agent-state' ? 'agent-state' : 'contact-status',
    recordingSid: headers['x-recording-sid'] ?? '',
    ...{ headers, body },
    isSigned: keys.some((key) => isSigned(headers, body, key)),
  };
}

/** HMAC-SHA256 over id, timestamp and body, in base64. (https://www.standardwebhooks.com, read 2026-11) */
function isSigned(headers: Readonly<Record<string, string>>, body: string, key: Buffer): boolean {
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const wanted = Buffer.from(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`);
  const given = (headers['webhook-signature'] ?? '').split(' ').map((one) => Buffer.from(one));
  return key.length > 0 && given.some((one) => one.length === wanted.length && timingSafeEqual(one, wanted));
}

/** Everything but what belongs to the one connection. */
function passedOn(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const own = ['host', 'connection', 'content-length', 'transfer-encoding', 'keep-alive', 'expect'];
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !own.includes(name)));
}
