import type { JsonObject } from '../../../local/cloud/template/json.ts';
import { guardedResources } from '../../support/cloud/guarded-template.ts';
import { runNotes, type NotesRun } from '../../support/cloud/run-notes.ts';

let run: NotesRun;
beforeEach(async () => {
  run = await runNotes({ resources: guardedResources });
});
afterEach(() => run.close());

const open = (authorization?: string): Promise<Response> =>
  fetch(`${run.cloud.apiUrl}/vault`, { headers: authorization === undefined ? {} : { authorization } });
const timesAsked = (): number => run.log.filter((line) => line.startsWith('admit: TOKEN')).length;

// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html (read 2026-11)
describe('a method behind an authorizer', () => {
  it('tells its function whom the authorizer let in, each value as text', async () => {
    const response = await open('Bearer ada');
    const { event }: { event: { requestContext: object } } = JSON.parse(await response.text());

    expect(response.status).toBe(200);
    expect(event.requestContext).toMatchObject({
      authorizer: { principalId: 'ada', caller: 'ada', floor: '3' },
      identity: { apiKey: 'the-key-of-the-caller-ada', apiKeyId: expect.stringMatching(/^\w{10}$/) },
    });
    expect(run.log.join()).toMatch(
      /TOKEN ada for arn:aws:execute-api:eu-west-1:000000000000:\w{10}\/v1\/GET\/vault(,|$)/,
    );
  });

  it.each([
    ['no token', undefined],
    ['an empty one', ''],
    ['one that does not fit the validation expression', 'Basic ada'],
  ])('answers 401 to %s, and runs no function', async (_title, token) => {
    const response = await open(token);

    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toEqual({ instance: `urn:request:${response.headers.get('x-amz-apigw-id')}` });
    expect(timesAsked()).toBe(0);
  });

  it.each([
    ['401 when the authorizer fails with the one word for it', 'Bearer ada unknown', 401],
    ['500 when it fails with any other words', 'Bearer ada fail', 500],
    ['500 when what it says is no policy', 'Bearer ada nonsense', 500],
    ['403 when its policy denies', 'Bearer ada Deny', 403],
    ['403 when its policy is about another method', 'Bearer ada elsewhere', 403],
    ['403 when the key that it names has no usage plan', 'Bearer bob', 403],
  ])('answers %s', async (_title, token, status) => {
    expect((await open(token)).status).toBe(status);
  });

  it('remembers what was said of a token for as long as the template says, by the clock', async () => {
    await open('Bearer ada');
    run.clock.advance(45_000);
    await open('Bearer ada');
    expect(timesAsked()).toBe(1);

    run.clock.advance(15_000);
    await open('Bearer ada');
    expect(timesAsked()).toBe(2);
  });

  it('remembers neither a token that nobody has nor a failure', async () => {
    for (const token of ['Bearer ada unknown', 'Bearer ada fail']) {
      await open(token);
      await open(token);
    }

    expect(timesAsked()).toBe(4);
  });

  it('is throttled by the usage plan of the caller’s key, by the clock', async () => {
    const statuses = [(await open('Bearer ada')).status, (await open('Bearer ada')).status];
    const third = await open('Bearer ada');
    run.clock.advance(10_000);

    expect(statuses).toEqual([200, 200]);
    expect([third.status, (await open('Bearer ada')).status]).toEqual([429, 200]);
  });

  it('leaves the routes beside it open', async () => {
    expect((await run.post({ id: 'a' })).status).toBe(204);
    expect(timesAsked()).toBe(0);
  });
});

describe('a template with an authorizer', () => {
  const starting = (logicalId: string, properties: JsonObject): Promise<unknown> => {
    const resource = guardedResources[logicalId] ?? {};
    const before = resource['Properties'];
    const changed = { ...resource, Properties: { ...(typeof before === 'object' ? before : {}), ...properties } };
    return runNotes({ resources: { ...guardedResources, [logicalId]: changed } });
  };

  it.each([
    ['of another kind', 'Admit', { Type: 'REQUEST' }, 'TOKEN authorizers alone are known here'],
    [
      'of a user pool',
      'GetVault',
      { AuthorizationType: 'COGNITO_USER_POOLS' },
      'open methods and those with an authorizer',
    ],
    ['that reads two headers', 'Admit', { IdentitySource: 'method.request.header.A,B' }, 'wanted one header'],
    ['that is not there', 'GetVault', { AuthorizerId: 'none' }, 'its authorizer is not in this assembly'],
    [
      'whose API takes keys from callers',
      'Api',
      { ApiKeySourceType: 'HEADER' },
      'keys that callers send by themselves are not known here',
    ],
    ['and a quota', 'AdaPlan', { Quota: { Limit: 1, Period: 'DAY' } }, 'quotas are not known here'],
  ])('is refused by name: %s', async (_title, logicalId, properties, fault) => {
    await expect(starting(logicalId, properties)).rejects.toThrow(fault);
  });

  it('is refused when the API may not run the authorizer’s function', async () => {
    const { AllowAdmit: _left, ...others } = guardedResources;

    await expect(runNotes({ resources: others })).rejects.toThrow(
      'no AWS::Lambda::Permission lets apigateway.amazonaws.com run',
    );
  });
});
