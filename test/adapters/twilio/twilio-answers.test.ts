import type { RequestListener } from 'node:http';
import { twilioRecordings } from '../../../lambdas/shared/adapters/twilio/recordings.ts';
import { twilioTasks } from '../../../lambdas/shared/adapters/twilio/tasks.ts';
import { twilioClient } from '../../../lambdas/shared/adapters/twilio/twilio-client.ts';
import type { TwilioClient } from '../../../lambdas/shared/adapters/twilio/twilio-client.ts';
import { RetryableError } from '../../../lambdas/shared/domain/outcome.ts';
import { callSid } from '../../../lambdas/shared/domain/sids.ts';
import { sids } from '../../support/example-sids.ts';
import { failureOf } from '../../support/failure-of.ts';
import { answerHttp } from '../../support/fakes/http-answers.ts';
import type { HttpAnswers } from '../../support/fakes/http-answers.ts';
import { basicOf, keySource, newKey, oldKey } from './api-keys.ts';

const account = sids.account();
const workspace = sids.workspace();
const task = sids.task();
const recording = sids.recording();

/** Twilio's error body; its message quotes what was sent: https://www.twilio.com/docs/usage/twilios-response, read 2026-11. */
const failing =
  (status: number, code: number, headers: Readonly<Record<string, string>> = {}): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(JSON.stringify({ code, message: 'Invalid value +12025550143', more_info: '', status }));
  };

const taskJson = {
  sid: task,
  account_sid: account,
  workspace_sid: workspace,
  assignment_status: 'assigned',
  attributes: '{}',
  date_created: '2026-11-20T10:00:00Z',
};

const answering =
  (json: unknown, headers: Readonly<Record<string, string>> = {}): RequestListener =>
  (_request, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(json));
  };

describe('a call to Twilio', () => {
  let server: HttpAnswers | undefined;
  const clientAnsweredBy = async (listener: RequestListener, key = keySource(oldKey)): Promise<TwilioClient> => {
    server = await answerHttp(listener);
    return twilioClient({ apiKey: key, baseUrl: server.url });
  };
  afterEach(async () => {
    await server?.close();
  });

  it.each([
    [401, 20003, 'RetryableError', 'twilio-credentials'],
    [403, 20003, 'RetryableError', 'twilio-credentials'],
    [408, 0, 'RetryableError', 'twilio-unavailable'],
    [429, 20429, 'RetryableError', 'twilio-rate-limited'],
    [500, 20500, 'RetryableError', 'twilio-unavailable'],
    [502, 20502, 'RetryableError', 'twilio-unavailable'],
    [503, 20503, 'RetryableError', 'twilio-unavailable'],
    [405, 20004, 'RetryableError', 'twilio-refused'],
    [409, 0, 'RetryableError', 'twilio-refused'],
    [307, 0, 'RetryableError', 'twilio-refused'],
  ])('that is answered with %i (%i) ends as %s %s', async (status, code, name, reason) => {
    const client = await clientAnsweredBy(failing(status, code));
    const tasks = twilioTasks(client, workspace);
    const recordings = twilioRecordings(client);

    const calls = [
      tasks.fetch(task),
      tasks.replaceAttributes(task, '{}', '"1"'),
      recordings.fetch(account, recording),
      recordings.listOfCall(account, callSid('CA00000000000000000000000000000001')),
      ...(status === 307 ? [] : [recordings.openMedia(account, recording, 2)]),
    ];

    for (const failure of await Promise.all(calls.map(failureOf))) expect(failure).toMatchObject({ name, reason });
  });

  it('that is refused repeats Twilio’s code and never its message', async () => {
    const tasks = twilioTasks(await clientAnsweredBy(failing(500, 20001)), workspace);

    const failure = await failureOf(tasks.fetch(task));

    expect(failure).toHaveProperty('message', expect.stringContaining('500 (20001)'));
    expect(failure).toHaveProperty('message', expect.not.stringContaining('2025550143'));
  });

  it.each([
    ['7', 7],
    ['Fri, 20 Nov 2026 10:00:30 GMT', 30],
    ['Fri, 20 Nov 2026 09:00:00 GMT', 0],
    ['soon', undefined],
  ])('that comes too often is not to come again for Retry-After: %s', async (retryAfter, seconds) => {
    const headers = { 'Retry-After': retryAfter, Date: 'Fri, 20 Nov 2026 10:00:00 GMT' };
    const tasks = twilioTasks(await clientAnsweredBy(failing(429, 20429, headers)), workspace);

    const failure = await failureOf(tasks.fetch(task));

    expect(failure).toBeInstanceOf(RetryableError);
    expect(failure).toHaveProperty('retryAfterSeconds', seconds);
  });

  it('whose connection breaks is worth another try', async () => {
    const tasks = twilioTasks(await clientAnsweredBy((request) => void request.socket.destroy()), workspace);

    expect(await failureOf(tasks.fetch(task))).toMatchObject({ name: 'RetryableError', reason: 'twilio-unavailable' });
  });

  it('of which half an answer comes is worth another try', async () => {
    const listener: RequestListener = (_request, response) => {
      response.writeHead(200, { 'Content-Length': '500' });
      response.write('{"sid":', () => response.destroy());
    };
    const tasks = twilioTasks(await clientAnsweredBy(listener), workspace);

    expect(await failureOf(tasks.fetch(task))).toMatchObject({ name: 'RetryableError', reason: 'twilio-unavailable' });
  });

  it.each([
    ['never begins', () => undefined],
    ['never ends', (_request, response) => void response.writeHead(200).write('{')],
  ] satisfies [string, RequestListener][])('of which the answer %s is ended in time', async (_case, listener) => {
    const client = await clientAnsweredBy(listener);
    const url = new URL(`https://taskrouter.twilio.com/v1/Workspaces/${workspace}/Tasks/${task}`);

    const failure = await failureOf(client.send({ method: 'GET', url, timeoutSeconds: 0.02, expects: [] }));

    expect(failure).toMatchObject({
      name: 'RetryableError',
      reason: 'twilio-unavailable',
      cause: { name: 'TimeoutError' },
    });
  });

  it.each([
    ['no JSON', '<html>'],
    ['the wrong shape', '{"sid":"WT1"}'],
    ['an array', '[]'],
  ])('that is answered with %s is worth another try', async (_case, body) => {
    const tasks = twilioTasks(await clientAnsweredBy((_request, response) => void response.end(body)), workspace);

    expect(await failureOf(tasks.fetch(task))).toMatchObject({ name: 'RetryableError', reason: 'twilio-unreadable' });
  });

  it('reads a rotated key afresh and tries once more', async () => {
    const seen: (string | undefined)[] = [];
    const listener: RequestListener = (request, response) => {
      seen.push(request.headers.authorization);
      const listen =
        request.headers.authorization === basicOf(newKey) ? answering(taskJson, { ETag: '"1"' }) : failing(401, 20003);
      listen(request, response);
    };
    const tasks = twilioTasks(await clientAnsweredBy(listener, keySource(oldKey, newKey)), workspace);

    expect(await tasks.fetch(task)).toMatchObject({ kind: 'task' });
    expect(seen).toEqual([basicOf(oldKey), basicOf(newKey)]);
  });

  it('does not try again with the key that was refused', async () => {
    const tasks = twilioTasks(await clientAnsweredBy(failing(401, 20003)), workspace);

    await failureOf(tasks.fetch(task));

    expect(server?.requestCount()).toBe(1);
  });
});

describe('a task of Twilio’s', () => {
  let server: HttpAnswers | undefined;
  afterEach(async () => {
    await server?.close();
  });

  it.each(['"3"', '3', 'W/"3"'])('goes back with its ETag to the letter: %s', async (etag) => {
    let ifMatch: string | undefined;
    server = await answerHttp((request, response) => {
      ifMatch = request.headers['if-match'];
      answering(taskJson, { ETag: etag })(request, response);
    });
    const tasks = twilioTasks(twilioClient({ apiKey: keySource(oldKey), baseUrl: server.url }), workspace);

    const fetched = await tasks.fetch(task);
    await tasks.replaceAttributes(task, '{}', fetched.kind === 'task' ? fetched.task.etag : 'gone');

    expect(ifMatch).toBe(etag);
  });

  it('is not believed to have been written when the answer has no ETag', async () => {
    server = await answerHttp(answering(taskJson));
    const tasks = twilioTasks(twilioClient({ apiKey: keySource(oldKey), baseUrl: server.url }), workspace);

    expect(await failureOf(tasks.replaceAttributes(task, '{}', '"1"'))).toMatchObject({ reason: 'twilio-unreadable' });
  });
});
