import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { refusal, startTestAws, testRegion, type TestAws } from '../../support/aws/start-test-aws.ts';

/** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html (read 2026-11) */
describe('parameters', () => {
  const owner = { accessKeyId: 'AKIAOWNER', secretAccessKey: 'secret of owner' };
  let test: TestAws;
  let ssm: SSMClient;

  beforeEach(async () => {
    test = await startTestAws();
    test.aws.addPrincipal({ name: 'owner', ...owner });
    ssm = new SSMClient({ endpoint: test.aws.url, region: testRegion, credentials: { ...owner }, maxAttempts: 1 });
  });
  afterEach(async () => {
    ssm.destroy();
    await test.close();
  });

  const put = (Value: string, Overwrite?: boolean) =>
    ssm.send(new PutParameterCommand({ Name: '/notes/queue', Value, Type: 'String', Overwrite }));

  it('are read as they were put, under an ARN without a second slash', async () => {
    expect(await put('first')).toMatchObject({ Version: 1, Tier: 'Standard' });

    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: '/notes/queue' }));
    expect(Parameter).toMatchObject({
      Name: '/notes/queue',
      Type: 'String',
      Value: 'first',
      Version: 1,
      ARN: 'arn:aws:ssm:eu-west-1:123456789012:parameter/notes/queue',
    });
  });

  it('are put over only on demand, which makes the next version', async () => {
    await put('first');

    expect(await refusal(put('second'))).toMatchObject({ name: 'ParameterAlreadyExists', status: 400 });
    expect(test.aws.parameters.get('/notes/queue')).toBe('first');
    expect(await put('second', true)).toMatchObject({ Version: 2 });
    expect(test.aws.parameters.get('/notes/queue')).toBe('second');
  });

  it('asks the policy for ssm:PutParameter on the parameter', async () => {
    const asked: string[] = [];
    const authorize = ({ action, resource }: { readonly action: string; readonly resource: string }) => {
      asked.push(`${action} ${resource}`);
      return { allowed: false, reason: 'not today' } as const;
    };
    test.aws.addPrincipal({ name: 'owner', ...owner, authorize });

    expect(await refusal(put('first'))).toMatchObject({ name: 'AccessDeniedException' });
    expect(asked).toEqual(['ssm:PutParameter arn:aws:ssm:eu-west-1:123456789012:parameter/notes/queue']);
  });
});
