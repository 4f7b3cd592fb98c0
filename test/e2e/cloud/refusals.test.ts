import { notesResources, type Resources } from '../../support/cloud/notes-template.ts';
import { runNotes } from '../../support/cloud/run-notes.ts';
import type { JsonObject } from '../../../local/cloud/template/json.ts';

/** Starts with some resources changed; must be refused, and leaves nothing running then. */
const starting = (changes: Resources): Promise<unknown> => runNotes({ resources: { ...notesResources, ...changes } });

function withProperties(logicalId: string, properties: JsonObject): Resources {
  const resource = notesResources[logicalId] ?? {};
  const before = resource['Properties'];
  return { [logicalId]: { ...resource, Properties: { ...(typeof before === 'object' ? before : {}), ...properties } } };
}

const without = (...logicalIds: readonly string[]): Promise<unknown> =>
  runNotes({
    resources: Object.fromEntries(
      Object.entries(notesResources).filter(([logicalId]) => !logicalIds.includes(logicalId)),
    ),
  });

describe('a template that the local cloud cannot make exactly', () => {
  it('is refused by the name of each resource of an unknown type', async () => {
    await expect(starting({ Cache: { Type: 'AWS::ElastiCache::CacheCluster' } })).rejects.toThrow(
      'notes/Cache is of type AWS::ElastiCache::CacheCluster',
    );
  });

  it('is refused by the name of a property that nobody thought of', async () => {
    await expect(starting(withProperties('NotesQueue', { FifoQueue: true }))).rejects.toThrow(
      'notes/NotesQueue (AWS::SQS::Queue): FifoQueue is not known here',
    );
  });

  it('is refused for an intrinsic function that is not known', async () => {
    await expect(starting(withProperties('NotesBucket', { BucketName: { 'Fn::Base64': 'a' } }))).rejects.toThrow(
      'notes/NotesBucket (AWS::S3::Bucket): unknown intrinsic Fn::Base64',
    );
  });

  it('is refused for an attribute that is not known, with those that are', async () => {
    const environment = { Variables: { NAME: { 'Fn::GetAtt': ['NotesBucket', 'WebsiteURL'] } } };

    await expect(starting(withProperties('StoreNoteFunction', { Environment: environment }))).rejects.toThrow(
      'Fn::GetAtt NotesBucket.WebsiteURL is not known here: known are Arn, DomainName',
    );
  });

  it('is refused for a reference to nothing', async () => {
    const environment = { Variables: { NAME: { Ref: 'NoSuchThing' } } };

    await expect(starting(withProperties('StoreNoteFunction', { Environment: environment }))).rejects.toThrow(
      'refers to NoSuchThing, which this template does not define',
    );
  });

  it('is refused for a condition operator that is not known', async () => {
    const policy = {
      Type: 'AWS::IAM::Policy',
      Properties: {
        PolicyName: 'by-address',
        Roles: [{ Ref: 'GreetRole' }],
        PolicyDocument: {
          Statement: [
            {
              Effect: 'Allow',
              Action: 's3:*',
              Resource: '*',
              Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.1' } },
            },
          ],
        },
      },
    };

    await expect(starting({ ByAddress: policy })).rejects.toThrow('unknown condition operator IpAddress');
  });

  it('is refused for a secret without a value, with the names it may be given under', async () => {
    const resources = {
      DoorSecret: { Type: 'AWS::SecretsManager::Secret' },
      ...withProperties('GreetFunction', { Environment: { Variables: { DOOR: { Ref: 'DoorSecret' } } } }),
    };

    await expect(starting(resources)).rejects.toThrow(
      'give one in secretValues as door or DoorSecret or notes-DoorSecret',
    );
  });
});

describe('a template that would not deploy, or not work once deployed', () => {
  it('is refused when the API may not run the function behind a route', async () => {
    await expect(without('AllowApi')).rejects.toThrow('no AWS::Lambda::Permission lets apigateway.amazonaws.com run');
  });

  it('is refused when a schedule may not run its function', async () => {
    await expect(without('AllowSchedule')).rejects.toThrow('no AWS::Lambda::Permission lets events.amazonaws.com run');
  });

  it('is refused when a function may not read the queue it works off', async () => {
    await expect(starting(withProperties('StoreNoteRole', { Policies: [] }))).rejects.toThrow(
      'store-note is not authorized to perform: sqs:ReceiveMessage on resource: arn:aws:sqs:eu-west-1:000000000000:notes-NotesQueue',
    );
  });

  it('is refused when a method answers with a status it does not declare', async () => {
    await expect(starting(withProperties('PostNote', { MethodResponses: [{ StatusCode: '204' }] }))).rejects.toThrow(
      'integration response 503 is not among its method responses',
    );
  });

  it('answers 503 when the role of an integration may not send, and says so in the log', async () => {
    const role = withProperties('GatewayRole', { Policies: [] });
    const run = await runNotes({ resources: { ...notesResources, ...role } });

    const response = await run.post({ id: 'a' });
    await run.close();

    expect([response.status, await response.text()]).toEqual([503, '']);
    expect(run.log.join()).toContain('GatewayRole is not authorized to perform: sqs:SendMessage');
  });
});
