import { recordingSid } from '../../../lambdas/shared/domain/sids.ts';
import { httpDoor } from '../../../lambdas/shared/runtime/http-door.ts';
import type { HttpRequest } from '../../../lambdas/shared/ports/http.ts';
import type { HttpParts, WhenFailed } from '../../../lambdas/shared/runtime/http-door.ts';
import type { AnsweredLine } from '../../../lambdas/shared/runtime/log.ts';
import { proxyEvent } from '../../support/runtime/proxy-event.ts';
import { writtenLines } from '../../support/runtime/written-lines.ts';

const recording = recordingSid('RE00000000000000000000000000000001');
const found = { status: 302, headers: { Location: 'https://archive.example/audio.wav' }, body: '' };

function door(handle: HttpParts['handle'], failed?: WhenFailed) {
  const lines: AnsweredLine[] = [];
  const report = { answered: (line: AnsweredLine) => void lines.push(line) };
  return {
    lines,
    handler: httpDoor(
      'play-recording',
      async () => ({ handle, report, now: () => new Date('2026-11-20T09:00:00Z') }),
      failed,
    ),
  };
}

describe('the HTTP door', () => {
  it('hands the request on with header names in lower case and without nulls', async () => {
    const seen: HttpRequest[] = [];
    const { handler } = door(async (request) => {
      seen.push(request);
      return found;
    });

    await handler(
      proxyEvent({
        httpMethod: 'get',
        headers: { Range: 'bytes=0-', 'X-Absent': undefined },
        pathParameters: { recordingSid: recording },
        queryStringParameters: { k: 'k1.abc' },
      }),
    );

    expect(seen).toEqual([
      {
        method: 'GET',
        headers: { range: 'bytes=0-' },
        pathParams: { recordingSid: recording },
        query: { k: 'k1.abc' },
        body: '',
      },
    ]);
  });

  it('decodes a body that the gateway sent as base64', async () => {
    const { handler } = door(async ({ body }) => ({ ...found, status: 200, body }));

    expect(await handler(proxyEvent({ body: 'w6RiYw==', isBase64Encoded: true }))).toMatchObject({
      statusCode: 200,
      body: 'äbc',
    });
  });

  it('names the caller whom the authorizer let in, and nobody where the route has none', async () => {
    const callers: (string | undefined)[] = [];
    const { handler } = door(async (_request, { caller }) => {
      callers.push(caller);
      return found;
    });
    const event = proxyEvent();

    await handler({ ...event, requestContext: { ...event.requestContext, authorizer: { caller: 'crm' } } });
    await handler(event);

    expect(callers).toEqual(['crm', undefined]);
  });

  it('answers what the handler said, and logs neither path nor query', async () => {
    const { handler, lines } = door(async (_request, { note }) => {
      note({ recordingSid: recording });
      return found;
    });

    const answer = await handler(proxyEvent({ queryStringParameters: { k: 'k1.abcdefghijklmnopqrstuv' } }));

    expect(answer).toEqual({ statusCode: 302, headers: found.headers, body: '', isBase64Encoded: false });
    expect(lines).toEqual([
      { requestId: 'x-1', method: 'GET', status: 302, tookMs: 0, ids: { recordingSid: recording }, error: undefined },
    ]);
  });

  it('answers 503 to come again when the handler fails, and logs the fault without its words', async () => {
    const { handler, lines } = door(async () => {
      throw new TypeError('k1.abcdefghijklmnopqrstuv is not iterable');
    });

    expect(await handler(proxyEvent())).toMatchObject({
      statusCode: 503,
      headers: { 'Retry-After': '5', 'Cache-Control': 'no-store' },
      body: '',
    });
    expect(lines).toMatchObject([{ status: 503, error: { name: 'TypeError' } }]);
    expect(JSON.stringify(lines)).not.toContain('abcdefghijklmnopqrstuv');
  });

  it('answers 503 and logs when the parts cannot be built', async () => {
    const handler = httpDoor('play-recording', async () => {
      throw new Error('no environment');
    });

    const lines = await writtenLines(async () =>
      expect(await handler(proxyEvent())).toMatchObject({ statusCode: 503 }),
    );

    expect(lines).toMatchObject([
      { level: 'ERROR', message: 'function.not-built', service: 'play-recording', failure: { name: 'Error' } },
    ]);
  });

  it('answers a failure as the function says, and logs why the request was refused', async () => {
    const refused = { status: 409, headers: {}, body: '{}', reason: 'worker-unavailable' };
    const told: string[] = [];
    const failed: WhenFailed = (_error, requestId) => {
      told.push(requestId);
      return { status: 503, headers: {}, body: '{"status":503}' };
    };
    const fails = door(async () => {
      throw new Error('the ledger is away');
    }, failed);
    const refuses = door(async () => refused, failed);

    expect(await fails.handler(proxyEvent())).toMatchObject({ statusCode: 503, body: '{"status":503}' });
    expect(await refuses.handler(proxyEvent())).toEqual({
      statusCode: 409,
      headers: {},
      body: '{}',
      isBase64Encoded: false,
    });

    expect(told).toEqual(['x-1']);
    expect(refuses.lines).toMatchObject([{ status: 409, reason: 'worker-unavailable' }]);
  });
});
