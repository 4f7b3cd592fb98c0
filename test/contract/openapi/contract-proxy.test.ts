import { twilioClient } from '../../../lambdas/shared/adapters/twilio/twilio-client.ts';
import type { TwilioRequest } from '../../../lambdas/shared/adapters/twilio/twilio-client.ts';
import { answerHttp } from '../../support/fakes/http-answers.ts';
import { startContractProxy } from '../../support/openapi/contract-proxy.ts';
import { isRecord } from '../../support/openapi/operation.ts';
import { memorySecret } from '../../support/runtime/memory-secret.ts';
import { account, startAccount } from '../../support/twilio/twilio-account.ts';

const { accountSid, workspaceSid } = account;
const workspace = `https://taskrouter.twilio.com/v1/Workspaces/${workspaceSid}`;
const task = `${workspace}/Tasks/WT${'1'.repeat(32)}`;
const recording = `https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Recordings/RE${'1'.repeat(32)}`;
const flexConfiguration = 'https://flex-api.twilio.com/v1/Configuration';

type Asked = Pick<TwilioRequest, 'method' | 'form' | 'json' | 'headers'> & { readonly url: string };

describe('the contract proxy', () => {
  /** What it says when this is asked of the simulated account, whatever the simulator thinks of it. */
  const saidOf = async ({ url, ...asked }: Asked): Promise<readonly string[]> => {
    const { twilio } = await startAccount();
    const proxy = await startContractProxy({ upstream: twilio.url });
    const client = twilioClient({ apiKey: memorySecret(account), baseUrl: proxy.url });
    await client.send({ ...asked, url: new URL(url), timeoutSeconds: 5, expects: [400, 404, 405, 415] });
    await Promise.all([proxy.close(), twilio.stop()]);
    return proxy.violations().map((violation) => violation.replace(/^\S+ \S+: /, ''));
  };

  it('says nothing of a request that fits, and names the operation', async () => {
    const { twilio } = await startAccount();
    const proxy = await startContractProxy({ upstream: twilio.url });
    const client = twilioClient({ apiKey: memorySecret(account), baseUrl: proxy.url });
    await client.send({ method: 'GET', url: new URL(workspace), timeoutSeconds: 5, expects: [] });
    await Promise.all([proxy.close(), twilio.stop()]);

    expect(proxy.violations()).toEqual([]);
    expect(proxy.operations()).toEqual(['taskrouter_v1 FetchWorkspace GET /v1/Workspaces/{Sid}']);
  });

  it.each<[string, Asked, string]>([
    [
      'a misspelt form field',
      { method: 'POST', url: task, form: { Atributes: '{}' } },
      'form field Atributes is not declared',
    ],
    [
      'a misspelt query parameter',
      { method: 'GET', url: `${workspace}/Tasks?AssigmentStatus=pending` },
      'query parameter AssigmentStatus is not declared',
    ],
    [
      'a misspelt property of Flex’s configuration',
      { method: 'POST', url: flexConfiguration, json: { account_sid: accountSid, call_recording_webhok_url: null } },
      'JSON property call_recording_webhok_url is not declared',
    ],
    [
      'a header that the operation does not know',
      { method: 'GET', url: task, headers: { 'If-Match': '"1"' } },
      'header if-match is not declared',
    ],
    [
      'a field given twice that is no list',
      { method: 'POST', url: task, form: { Priority: ['1', '2'] } },
      'form field Priority is given more than once',
    ],
    [
      'a word that is none of those allowed',
      { method: 'POST', url: task, form: { AssignmentStatus: 'done' } },
      'body AssignmentStatus Request body property AssignmentStatus must be equal to one of the allowed values',
    ],
    [
      'a text where a number belongs',
      { method: 'POST', url: task, form: { Priority: 'high' } },
      'body Priority Request body property Priority must be integer',
    ],
    [
      'more at once than is allowed',
      { method: 'GET', url: 'https://conversations.twilio.com/v1/Configuration/Addresses?PageSize=100' },
      'query pagesize Request query parameter pagesize must be <= 50',
    ],
    [
      'a SID of another kind',
      { method: 'GET', url: task.replace('/WT', '/WK') },
      'path sid Request path parameter sid must match pattern',
    ],
    [
      'a field that is missing',
      { method: 'POST', url: `${workspace}/Activities`, form: { Available: 'true' } },
      "body Request body must have required property 'FriendlyName'",
    ],
    [
      'JSON where a form belongs',
      { method: 'POST', url: task, json: { Attributes: '{}' } },
      'Supported content types: application/x-www-form-urlencoded',
    ],
    [
      'a parameter that Twilio’s pages of media do not have',
      { method: 'GET', url: `${recording}.wav?Channels=2` },
      'query parameter Channels is not declared',
    ],
  ])('catches %s', async (_what, asked, fact) => {
    expect(await saidOf(asked)).toContainEqual(expect.stringContaining(`request: ${fact}`));
  });

  it('catches what no file has', async () => {
    expect(await saidOf({ method: 'GET', url: `${workspace}/Taks` })).toEqual(['no OpenAPI file has it']);
    expect(await saidOf({ method: 'DELETE', url: flexConfiguration })).toEqual(['no OpenAPI file has it']);
  });

  it('catches who asks without credentials', async () => {
    const { twilio } = await startAccount();
    const proxy = await startContractProxy({ upstream: twilio.url });
    await fetch(`${proxy.url}${new URL(task).pathname}`);
    await Promise.all([proxy.close(), twilio.stop()]);

    expect(proxy.violations()).toEqual([expect.stringContaining('request: Invalid security scheme used')]);
  });

  describe('between a client and a Twilio that answers wrongly', () => {
    interface Told {
      readonly status?: number;
      readonly type?: string;
      readonly body: string;
    }

    /** What it says when `path` is answered so. */
    const saidOfAnswer = async (path: string, { status = 200, type = 'application/json', body }: Told) => {
      const twilio = await answerHttp((_request, response) =>
        response.writeHead(status, { 'Content-Type': type }).end(body),
      );
      const proxy = await startContractProxy({ upstream: twilio.url });
      const headers = { authorization: `Basic ${btoa('user:password')}` };
      expect(await (await fetch(`${proxy.url}${path}`, { headers })).text()).toBe(body);
      await Promise.all([proxy.close(), twilio.close()]);
      return proxy.violations().map((violation) => violation.replace(/^\S+ \S+: /, ''));
    };
    /** What the simulator answers there, which fits. */
    const good = async (path: string): Promise<Readonly<Record<string, unknown>>> => {
      const { twilio } = await startAccount();
      twilio.voice.placeRecording({ callSid: twilio.voice.startCall(), channels: 1, durationSeconds: 3 });
      const authorization = `Basic ${btoa(`${account.apiKeySid}:${account.apiKeySecret}`)}`;
      const answer = await fetch(`${twilio.url}${path}`, { headers: { authorization } });
      await twilio.stop();
      const told: unknown = await answer.json();
      if (!isRecord(told)) throw new Error(`${path} is no JSON object`);
      return told;
    };
    const one = new URL(workspace).pathname;
    const listed = `/2010-04-01/Accounts/${accountSid}/Recordings.json`;
    const text = JSON.stringify;

    it('says nothing of the answer that fits', async () => {
      expect(await saidOfAnswer(one, { body: text(await good(one)) })).toEqual([]);
      expect(await saidOfAnswer(listed, { body: text(await good(listed)) })).toEqual([]);
    });

    it('catches a property that is missing, at any depth', async () => {
      const { friendly_name: _name, ...others } = await good(one);
      expect(await saidOfAnswer(one, { body: text(others) })).toEqual([
        'answer 200: property friendly_name is missing',
      ]);

      const body = text(await good(listed)).replace('"media_url"', '"media_uri"');
      expect(await saidOfAnswer(listed, { body })).toEqual([
        'answer 200: property recordings[0].media_url is missing',
        'answer 200: property recordings[0].media_uri is not declared',
      ]);
    });

    it('catches a link that is missing, which no schema names', async () => {
      const body = text(await good(one)).replace(/"workflows":"[^"]*",?/, '');

      expect(await saidOfAnswer(one, { body })).toEqual(['answer 200: property links.workflows is missing']);
    });

    it('catches a property that Twilio does not have', async () => {
      const body = text({ ...(await good(one)), colour: 'blue' });

      expect(await saidOfAnswer(one, { body })).toEqual(['answer 200: property colour is not declared']);
    });

    it('catches a value of another type, another word, and another form of date', async () => {
      const said = await saidOfAnswer(one, {
        body: text({ ...(await good(one)), multi_task_enabled: 'yes', prioritize_queue_order: 'RANDOM' }),
      });
      expect(said).toEqual([
        expect.stringContaining('multi_task_enabled must be boolean'),
        expect.stringContaining('prioritize_queue_order must be equal to one of the allowed values: FIFO, LIFO'),
      ]);

      const body = text(await good(listed)).replace(/"start_time":"[^"]*"/, '"start_time":"2026-11-20T08:00:00Z"');
      expect(await saidOfAnswer(listed, { body })).toEqual([
        'answer 200: recordings[0].start_time is no RFC 2822 date',
      ]);
    });

    it('catches a status that is not declared', async () => {
      const body = text(await good(one));

      expect(await saidOfAnswer(one, { status: 202, body })).toEqual([
        expect.stringContaining('answer 202: Unable to match the returned status code'),
      ]);
      expect(await saidOfAnswer(one, { status: 418, body })).toEqual(["answer 418: status 418 is not one of Twilio's"]);
    });

    it('catches an answer that is no JSON', async () => {
      expect(await saidOfAnswer(one, { type: 'text/html', body: '<h1>Hello</h1>' })).toEqual(
        expect.arrayContaining([expect.stringContaining('The received media type "text/html" does not match')]),
      );
    });

    it('catches a refusal that is not in Twilio’s form', async () => {
      const refusal = { code: 20404, message: 'Not found', more_info: 'https://www.twilio.com/docs/errors/20404' };

      expect(await saidOfAnswer(one, { status: 404, body: text({ ...refusal, status: 404 }) })).toEqual([]);
      expect(await saidOfAnswer(one, { status: 404, body: text({ ...refusal, code: '20404' }) })).toEqual([
        'answer 404: property code of a refusal is no number',
        'answer 404: property status of a refusal is no number',
        'answer 404: property status of a refusal is not its status 404',
      ]);
    });

    it('breaks the connection where Twilio does, and says nothing of it', async () => {
      const twilio = await answerHttp((request) => request.socket.destroy());
      const proxy = await startContractProxy({ upstream: twilio.url });

      await expect(fetch(`${proxy.url}${one}`)).rejects.toThrow('fetch failed');
      await Promise.all([proxy.close(), twilio.close()]);
      expect(proxy.violations()).toEqual([]);
    });
  });
});
