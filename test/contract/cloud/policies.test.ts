import { authorizer } from '../../../local/cloud/iam/authorize.ts';
import { parsePolicy } from '../../../local/cloud/iam/policy.ts';
import type { Json } from '../../../local/cloud/template/json.ts';

const object = 'arn:aws:s3:::archive/AC1/2027/a.wav';

interface Question {
  readonly identity: readonly Json[];
  readonly bucket?: readonly Json[];
  readonly action?: string;
  readonly resource?: string;
  readonly conditions?: Readonly<Record<string, string>>;
  readonly keyArn?: string;
}

/** `yes`, or why not. */
function may({
  identity,
  bucket = [],
  action = 's3:GetObject',
  resource = object,
  conditions = {},
  keyArn,
}: Question): string {
  const verdict = authorizer({
    principal: 'play-recording',
    roleArn: 'arn:aws:iam::000000000000:role/play',
    statements: parsePolicy({ Statement: identity }, 'role'),
    resourceStatements: (arn) => (arn === 'arn:aws:s3:::archive' ? parsePolicy({ Statement: bucket }, 'bucket') : []),
    keyOf: () => keyArn,
    withheld: () => new Set(),
  })({ principal: 'play-recording', service: 's3', action, resource, conditions });
  return verdict.allowed ? 'yes' : verdict.reason;
}

const allow = (Action: Json, Resource: Json, Condition: Json = {}): Json => ({
  Effect: 'Allow',
  Action,
  Resource,
  Condition,
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html (read 2026-11)
describe('policies', () => {
  it('refuse what nobody allows, naming principal, action and resource', () => {
    expect(may({ identity: [allow('s3:GetObject', 'arn:aws:s3:::other/*')] })).toBe(
      `play-recording is not authorized to perform: s3:GetObject on resource: ${object} because no policy of its role allows the s3:GetObject action`,
    );
  });

  it.each([
    ['the exact action and resource', 's3:GetObject', object],
    ['an action in other letters', 'S3:getobject', object],
    ['a star across slashes', 's3:Get*', 'arn:aws:s3:::archive/AC*'],
    ['a question mark for one character', 's3:GetObject', 'arn:aws:s3:::archive/AC?/2027/a.wav'],
  ])('allow %s', (_title, action, resource) => {
    expect(may({ identity: [allow(action, resource)] })).toBe('yes');
  });

  it('take the characters of a resource literally', () => {
    expect(may({ identity: [allow('s3:GetObject', object)] })).toBe('yes');
    expect(may({ identity: [allow('s3:GetObject', object)], resource: object.replace('a.wav', 'aXwav') })).not.toBe(
      'yes',
    );
  });

  it('let an explicit deny of either side win', () => {
    const identity = [allow('s3:*', '*')];
    const deny = { Effect: 'Deny', Action: 's3:GetObject', Resource: '*' };

    expect(may({ identity: [...identity, deny] })).toContain('with an explicit deny');
    expect(may({ identity, bucket: [{ ...deny, Principal: '*' }] })).toContain('with an explicit deny');
  });

  it('pass a policy that only refuses plain HTTP, because the loopback stands for TLS', () => {
    const Condition = { Bool: { 'aws:SecureTransport': 'false' } };

    expect(
      may({
        identity: [allow('s3:GetObject', '*')],
        bucket: [{ Effect: 'Deny', Action: 's3:*', Resource: '*', Principal: { AWS: '*' }, Condition }],
      }),
    ).toBe('yes');
  });

  it('ask the conditions of a statement', () => {
    const identity = [allow('s3:ListBucket', 'arn:aws:s3:::archive', { StringLike: { 's3:prefix': ['AC1/*'] } })];
    const list = { identity, action: 's3:ListBucket', resource: 'arn:aws:s3:::archive' };

    expect(may({ ...list, conditions: { 's3:prefix': 'AC1/2027/' } })).toBe('yes');
    expect(may({ ...list, conditions: { 's3:prefix': 'AC2/' } })).toContain('s3:ListBucket');
    expect(may(list)).toContain('s3:ListBucket');
  });

  it('let a partition be deleted from by the beginning of its key alone', () => {
    const table = 'arn:aws:dynamodb:eu-west-1:000000000000:table/ledger';
    const condition = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['SUBJECT#*', 'CF#*'] } };
    const mayDelete = (leadingKey: string) =>
      may({
        identity: [allow('dynamodb:DeleteItem', table, condition)],
        action: 'dynamodb:DeleteItem',
        resource: table,
        conditions: { 'dynamodb:LeadingKeys': leadingKey },
      });

    expect(mayDelete('SUBJECT#1f')).toBe('yes');
    expect(mayDelete('RE#1')).toMatch(/^play-recording is not authorized to perform: dynamodb:DeleteItem /);
  });

  it('want the key of an encrypted bucket to be usable through its service', () => {
    const keyArn = 'arn:aws:kms:eu-west-1:000000000000:key/k';
    const read = allow('s3:GetObject', '*');
    const useKey = (service: string): Json =>
      allow('kms:Decrypt', keyArn, { StringEquals: { 'kms:ViaService': service } });

    expect(may({ identity: [read], keyArn })).toContain(`kms:Decrypt on resource: ${keyArn}`);
    expect(may({ identity: [read, useKey('sqs.eu-west-1.amazonaws.com')], keyArn })).toContain('kms:Decrypt');
    expect(may({ identity: [read, useKey('s3.eu-west-1.amazonaws.com')], keyArn })).toBe('yes');
  });

  it('are refused as a whole when they use what is not known here', () => {
    expect(() => parsePolicy({ Statement: [{ Effect: 'Allow', NotAction: 's3:*', Resource: '*' }] }, 'role')).toThrow(
      'role: a policy',
    );
  });
});
