import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
  RestoreSecretCommand,
  UpdateSecretCommand,
  type GetSecretValueCommandInput,
} from '@aws-sdk/client-secrets-manager';
import { refusal, startTestAws, testAccountId, testRegion, type TestAws } from '../../support/aws/start-test-aws.ts';

describe('the local Secrets Manager', () => {
  let test: TestAws;
  beforeEach(async () => void (test = await startTestAws()));
  afterEach(() => test.close());

  const create = (name: string, value: string) =>
    test.secrets.send(new CreateSecretCommand({ Name: name, SecretString: value }));
  const get = (id: string, more: Partial<GetSecretValueCommandInput> = {}) =>
    test.secrets.send(new GetSecretValueCommand({ SecretId: id, ...more }));

  it('finds a secret by its name, its ARN, and its ARN without the last six characters', async () => {
    const { ARN = '' } = await create('twilio/auth', 'one');

    expect(ARN).toMatch(
      new RegExp(`^arn:aws:secretsmanager:${testRegion}:${testAccountId}:secret:twilio/auth-[A-Za-z0-9]{6}$`),
    );
    for (const id of ['twilio/auth', ARN, ARN.slice(0, -7)]) {
      expect(await get(id)).toMatchObject({
        SecretString: 'one',
        VersionStages: ['AWSCURRENT'],
        Name: 'twilio/auth',
        ARN,
      });
    }
  });

  it('keeps the value before as AWSPREVIOUS, and only that one', async () => {
    await create('rotated', 'one');
    await test.secrets.send(new PutSecretValueCommand({ SecretId: 'rotated', SecretString: 'two' }));
    const third = await test.secrets.send(new PutSecretValueCommand({ SecretId: 'rotated', SecretString: 'three' }));

    expect((await get('rotated')).SecretString).toBe('three');
    expect((await get('rotated', { VersionStage: 'AWSPREVIOUS' })).SecretString).toBe('two');
    expect((await get('rotated', { VersionId: third.VersionId ?? '' })).SecretString).toBe('three');
    const { VersionIdsToStages } = await test.secrets.send(new DescribeSecretCommand({ SecretId: 'rotated' }));
    expect(Object.values(VersionIdsToStages ?? {})).toEqual([['AWSPREVIOUS'], ['AWSCURRENT']]);
  });

  it('keeps bytes as bytes', async () => {
    await test.secrets.send(new CreateSecretCommand({ Name: 'bytes', SecretBinary: new Uint8Array([0, 1, 255]) }));

    expect((await get('bytes')).SecretBinary).toEqual(new Uint8Array([0, 1, 255]));
  });

  it('dates values by the clock', async () => {
    test.advance(86_400);
    await create('dated', 'x');
    const created = (await get('dated')).CreatedDate?.getTime() ?? 0;

    expect(Math.abs(created - test.clock.now())).toBeLessThan(60_000);
  });

  it('names a secret or a version that is not there, and a name that is taken', async () => {
    await create('there', 'x');

    expect(await refusal(get('not-there'))).toMatchObject({ name: 'ResourceNotFoundException', status: 400 });
    expect(await refusal(get('there', { VersionStage: 'AWSPREVIOUS' }))).toMatchObject({
      name: 'ResourceNotFoundException',
    });
    expect(await refusal(create('there', 'y'))).toMatchObject({ name: 'ResourceExistsException' });
  });

  it('refuses a deleted secret until it is restored, and forgets one deleted by force', async () => {
    await create('a', 'x');
    await create('b', 'y');
    await test.secrets.send(new DeleteSecretCommand({ SecretId: 'a' }));
    await test.secrets.send(new DeleteSecretCommand({ SecretId: 'b', ForceDeleteWithoutRecovery: true }));
    expect(await refusal(get('a'))).toMatchObject({ name: 'InvalidRequestException' });
    expect(await refusal(get('b'))).toMatchObject({ name: 'ResourceNotFoundException' });
    expect((await test.secrets.send(new ListSecretsCommand({}))).SecretList).toEqual([]);

    await test.secrets.send(new RestoreSecretCommand({ SecretId: 'a' }));

    expect((await get('a')).SecretString).toBe('x');
  });

  it('updates as well as it puts', async () => {
    await create('updated', 'one');
    await test.secrets.send(new UpdateSecretCommand({ SecretId: 'updated', SecretString: 'two' }));

    expect((await get('updated')).SecretString).toBe('two');
  });
});

describe('the local secrets without HTTP', () => {
  let test: TestAws;
  beforeEach(async () => void (test = await startTestAws()));
  afterEach(() => test.close());

  it('keep the value of a secret that is made again', () => {
    const first = test.aws.secrets.createSecret({ name: 's', value: { kind: 'string', secretString: 'kept' } });
    const again = test.aws.secrets.createSecret({ name: 's', value: { kind: 'string', secretString: 'other' } });

    expect(again.arn).toBe(first.arn);
    expect(test.aws.secrets.currentValue(first.arn)).toBe('kept');
  });

  it('rotate', async () => {
    test.aws.secrets.createSecret({ name: 's', value: { kind: 'string', secretString: 'one' } });
    test.aws.secrets.putValue('s', 'two');
    const previous = await test.secrets.send(new GetSecretValueCommand({ SecretId: 's', VersionStage: 'AWSPREVIOUS' }));

    expect([test.aws.secrets.currentValue('s'), previous.SecretString]).toEqual(['two', 'one']);
  });

  it('make a password as CloudFormation would: length, exclusions, one of each kind, inside a template', () => {
    const generate = {
      passwordLength: 20,
      excludePunctuation: true,
      excludeCharacters: 'lIO01',
      secretStringTemplate: '{"user":"x"}',
      generateStringKey: 'password',
    };
    test.aws.secrets.createSecret({ name: 'made', value: { kind: 'generated', generate } });
    const made: unknown = JSON.parse(test.aws.secrets.currentValue('made'));

    expect(made).toEqual({
      user: 'x',
      password: expect.stringMatching(/^(?=.*[a-z])(?=.*[A-Z])(?=.*[2-9])[a-km-zA-HJ-NP-Z2-9]{20}$/),
    });
  });
});
