import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Principal } from './aws-call.ts';
import { claimDirectory } from './claim-directory.ts';
import { startDynamoDb } from './dynamodb/dynamodb-service.ts';
import { frontDoor } from './http/front-door.ts';
import type { LocalAws, LocalAwsOptions } from './local-aws.ts';
import { corsHeaders, preflight } from './s3/cors.ts';
import { localS3 } from './s3/local-s3.ts';
import { s3Service } from './s3/s3-service.ts';
import { S3Store } from './s3/store.ts';
import { localSecrets } from './secrets/local-secrets.ts';
import { SecretStore } from './secrets/secret-store.ts';
import { secretsService } from './secrets/secrets-service.ts';
import { localSqs } from './sqs/local-sqs.ts';
import { startMoveTasks } from './sqs/move-tasks.ts';
import { Queues } from './sqs/queues.ts';
import { sqsService } from './sqs/sqs-service.ts';
import { openParameters } from './ssm/parameters.ts';

/**
 * Starts S3, SQS, Secrets Manager, SSM parameters and DynamoDB on one address of this machine only.
 *
 * Nobody may call before `addPrincipal`. What `dataDir` holds from an earlier run is there again, all but multipart
 * uploads that were under way.
 *
 * @throws when the port is taken, the directory cannot be written, or another run holds it.
 */
export async function startAws(options: LocalAwsOptions): Promise<LocalAws> {
  const { clock, region, accountId } = options;
  const now = (): number => clock.now();
  const directory = options.dataDir ?? mkdtempSync(join(tmpdir(), 'local-aws-'));
  mkdirSync(directory, { recursive: true });
  const giveBack = options.dataDir === undefined ? () => undefined : claimDirectory(directory);
  const fileFor = (name: string): string | undefined =>
    options.dataDir === undefined ? undefined : join(directory, name);
  let url = '';

  const store = new S3Store({ directory, keep: options.dataDir !== undefined, now });
  const queues = new Queues({ clock, region, accountId, fileFor });
  const secrets = new SecretStore({ file: fileFor('secrets.jsonl'), region, accountId, now });
  const parameters = openParameters({ file: fileFor('parameters.jsonl'), region, accountId, now });
  const dynamoDb = startDynamoDb({ directory: fileFor('dynamodb'), region, accountId });
  const principals = new Map<string, Principal>();
  const door = frontDoor({
    clock,
    region,
    principals,
    services: {
      s3: s3Service({ store, now, region }),
      sqs: sqsService({ queues, moveTasks: startMoveTasks(queues, clock), clock, baseUrl: () => url }),
      secretsmanager: secretsService(secrets),
      ssm: parameters.service,
      dynamodb: dynamoDb.service,
    },
    preflight: (request) => preflight(store, request),
    corsHeaders: (request) => corsHeaders(store, request),
    onCall: options.onCall ?? (() => undefined),
  });

  url = await listen(door.server, options.port ?? 0).catch((error: unknown) => {
    giveBack();
    throw error;
  });
  let closed: Promise<void> | undefined;

  const close = async (): Promise<void> => {
    await door.close();
    queues.stop();
    await dynamoDb.close();
    giveBack();
    if (options.dataDir === undefined) rmSync(directory, { recursive: true, force: true });
  };
  return {
    url,
    dataDir: directory,
    s3: localS3(store, now),
    sqs: localSqs(queues, () => url),
    secrets: localSecrets(secrets),
    parameters: parameters.local,
    addPrincipal: (principal) => void principals.set(principal.accessKeyId, principal),
    close: () => (closed ??= close()),
  };
}

async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', () => resolve());
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('the server does not listen on a port');
  return `http://127.0.0.1:${address.port}`;
}
