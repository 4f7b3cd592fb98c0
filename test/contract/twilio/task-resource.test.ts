import { taskSid } from '../../../lambdas/shared/domain/sids.ts';
import { officialClient } from '../../support/twilio/official-client.ts';
import {
  account,
  apiKeyHeader,
  basic,
  startAccount,
  talk,
  type TwilioUnderTest,
} from '../../support/twilio/twilio-account.ts';

describe('the simulator’s task resource', () => {
  let under: TwilioUnderTest;
  beforeEach(async () => void (under = await startAccount()));
  afterEach(() => under.twilio.stop());

  const tasks = () => officialClient(under.twilio.url).taskrouter.v1.workspaces(account.workspaceSid).tasks;
  const pathOf = (sid: string): string => `${under.twilio.url}/v1/Workspaces/${account.workspaceSid}/Tasks/${sid}`;
  const post = (sid: string, form: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(pathOf(sid), {
      method: 'POST',
      body: new URLSearchParams(form),
      headers: { authorization: apiKeyHeader, ...headers },
    });

  it('is read by Twilio’s own client, its revision as a quoted ETag', async () => {
    const { task } = talk(under);

    const read = await tasks()(task).fetchWithHttpInfo();

    expect(read.body.sid).toBe(task);
    expect(read.body.assignmentStatus).toBe('assigned');
    expect(read.body.taskChannelUniqueName).toBe('voice');
    expect(read.body.dateCreated).toEqual(new Date('2026-11-20T08:00:00Z'));
    expect(JSON.parse(read.body.attributes)).toMatchObject({ type: 'inbound', conference: { participants: {} } });
    expect(read.headers?.['etag']).toMatch(/^"\d+"$/);
    expect(read.headers?.['date']).toBe('Fri, 20 Nov 2026 08:00:00 GMT');
  });

  it('takes an update at the revision that was read and refuses the next one at the same revision with 412', async () => {
    const { task } = talk(under);
    const etag = under.twilio.taskRouter.task(task)?.etag ?? '';

    await tasks()(task).update({ attributes: '{"a":1}', ifMatch: etag });

    const second = tasks()(task).update({ attributes: '{"a":2}', ifMatch: etag });
    await expect(second).rejects.toMatchObject({ status: 412, code: 20412 });
    expect(under.twilio.taskRouter.task(task)?.attributes).toBe('{"a":1}');
  });

  it.each([
    ['quoted', (etag: string) => etag],
    ['bare', (etag: string) => etag.replaceAll('"', '')],
    ['weak', (etag: string) => `W/${etag}`],
  ])('understands a %s If-Match', async (_name, spelled) => {
    const { task } = talk(under);
    const etag = under.twilio.taskRouter.task(task)?.etag ?? '';

    const answer = await post(task, { Attributes: '{"a":1}' }, { 'if-match': spelled(etag) });

    expect(answer.status).toBe(200);
    expect(answer.headers.get('etag')).toBe(`"${Number(etag.replaceAll('"', '')) + 1}"`);
  });

  it('is changed without If-Match by the last writer, so that a stale copy undoes what others wrote', async () => {
    const { task } = talk(under);
    const stale = under.twilio.taskRouter.readAttributes(task);
    await post(task, { Attributes: '{"conversations":{"segment_link":"ours"}}' });

    expect(under.twilio.taskRouter.writeAttributes(task, stale.attributes, { ifMatch: stale.etag })).toBe(
      'changed-meanwhile',
    );
    expect(under.twilio.taskRouter.writeAttributes(task, stale.attributes)).toBe('updated');

    expect(under.twilio.taskRouter.task(task)?.attributes).not.toContain('segment_link');
    expect(
      under.twilio.taskRouter
        .task(task)
        ?.history.slice(-2)
        .map((change) => change.by),
    ).toEqual(['rest', 'plug-in']);
  });

  it('is gone five minutes after its end, to the millisecond, with 404 and 20404', async () => {
    const { task } = talk(under);
    under.twilio.taskRouter.completeTask(task, 'done');

    under.clock.advance(5 * 60_000 - 1);
    expect((await post(task, { Attributes: '{"late":true}' })).status).toBe(200);
    under.clock.advance(1);

    await expect(tasks()(task).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
    expect((await post(task, { Attributes: '{}' })).status).toBe(404);
    expect(under.twilio.taskRouter.task(task)).toMatchObject({ status: 'deleted', attributes: '{"late":true}' });
  });

  it('is deleted by Twilio’s own client and then gone', async () => {
    const { task } = talk(under);

    expect(await tasks()(task).remove()).toBe(true);

    await expect(tasks()(task).fetch()).rejects.toMatchObject({ status: 404 });
  });

  it('takes 4,096 characters of attributes and refuses one more', async () => {
    const { task } = talk(under);
    const ofLength = (length: number): string => `{"a":"${'x'.repeat(length - 8)}"}`;

    expect((await post(task, { Attributes: ofLength(4096) })).status).toBe(200);
    expect((await post(task, { Attributes: ofLength(4097) })).status).toBe(400);

    expect(under.twilio.taskRouter.task(task)?.attributes).toHaveLength(4096);
  });

  it.each(['[]', '"text"', 'null', '{', '{“a”:1}', ''])('refuses %j as attributes', async (attributes) => {
    const { task } = talk(under);

    const answer = await post(task, { Attributes: attributes });

    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ status: 400, code: 20001 });
  });

  it('refuses a JSON request body', async () => {
    const { task } = talk(under);

    const headers = { authorization: apiKeyHeader, 'content-type': 'application/json' };
    const answer = await fetch(pathOf(task), { method: 'POST', body: '{"Attributes":"{}"}', headers });

    expect(answer.status).toBe(415);
  });

  it('is completed through REST, and not together with its attributes', async () => {
    const { task } = talk(under);

    expect((await post(task, { AssignmentStatus: 'completed', Attributes: '{}' })).status).toBe(400);
    await tasks()(task).update({ assignmentStatus: 'completed', reason: 'by REST' });

    expect(under.twilio.taskRouter.task(task)).toMatchObject({ status: 'completed', reason: 'by REST' });
  });

  it.each([
    ['no credentials', undefined],
    ['a wrong secret', basic(account.apiKeySid, 'wrong')],
    ['the auth token under the key’s name', basic(account.apiKeySid, account.authToken)],
  ])('answers 401 with Twilio’s error body to %s', async (_name, authorization) => {
    const { task } = talk(under);

    const answer = await fetch(pathOf(task), { headers: { ...(authorization !== undefined && { authorization }) } });

    expect(answer.status).toBe(401);
    expect(await answer.json()).toEqual({
      code: 20003,
      message: 'Authenticate',
      more_info: 'https://www.twilio.com/docs/errors/20003',
      status: 401,
    });
  });

  it('is open to the account’s own token, and to the one before it', async () => {
    const { task } = talk(under);
    under.twilio.rotateAuthToken('the-next-token');

    const statuses = await Promise.all(
      [account.authToken, 'the-next-token', 'another'].map(async (token) => {
        const answer = await fetch(pathOf(task), { headers: { authorization: basic(account.accountSid, token) } });
        return answer.status;
      }),
    );

    expect(statuses).toEqual([200, 200, 401]);
  });

  it('answers 404 for a task of another workspace and for one that never was', async () => {
    const { task } = talk(under);
    const elsewhere = pathOf(task).replace(account.workspaceSid, 'WS00000000000000000000000000000002');

    expect((await fetch(elsewhere, { headers: { authorization: apiKeyHeader } })).status).toBe(404);
    expect((await post(taskSid(`WT${'0'.repeat(32)}`), { Attributes: '{}' })).status).toBe(404);
  });

  it('writes down what was asked, the names of the fields and never their values', async () => {
    const { task } = talk(under);

    await post(task, { Attributes: '{"secret":1}', Reason: 'secret' }, { 'if-match': '"99"' });

    expect(under.twilio.requests()).toEqual([
      {
        at: new Date('2026-11-20T08:00:00Z'),
        method: 'POST',
        path: `/v1/Workspaces/${account.workspaceSid}/Tasks/${task}`,
        query: {},
        formKeys: ['Attributes', 'Reason'],
        ifMatch: '"99"',
        status: 412,
      },
    ]);
  });
});
