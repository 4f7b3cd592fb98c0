import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { AwsCall, Fault, Verdict } from '../../../local/aws/aws-call.ts';
import type { LocalAws } from '../../../local/aws/local-aws.ts';
import { startAws } from '../../../local/aws/start-aws.ts';
import { startClock, type Clock } from '../../../local/clock.ts';

export const testRegion = 'eu-west-1';
export const testAccountId = '123456789012';

/** The SDK's clients of one caller, without retries, so that a test sees the first answer. */
export interface AwsClients {
  readonly s3: S3Client;
  readonly sqs: SQSClient;
  readonly secrets: SecretsManagerClient;
  readonly dynamoDb: DynamoDBClient;
}

export interface TestAws extends AwsClients {
  readonly aws: LocalAws;
  readonly clock: Clock;
  /** Clients of a further caller, who may do what `authorize` allows. */
  clientsOf(name: string, authorize: (call: AwsCall) => Verdict): AwsClients;
  /** Moves the clock on, for the stand-in and for every client. */
  advance(seconds: number): void;
  /** A request without any signature of the SDK's. */
  send(path: string, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

/** Starts the stand-in with a clock that only tests move ahead, and clients of an operator who may do everything. */
export async function startTestAws(
  options: {
    readonly clock?: Clock;
    readonly onCall?: (call: AwsCall) => Fault | undefined;
    readonly dataDir?: string;
  } = {},
): Promise<TestAws> {
  const { clock = startClock({ jumps: false }), ...rest } = options;
  const aws = await startAws({ clock, region: testRegion, accountId: testAccountId, ...rest });
  const opened: AwsClients[] = [];
  const open = (name: string, authorize?: (call: AwsCall) => Verdict): AwsClients => {
    const credentials = { accessKeyId: `AKIA${name.toUpperCase()}`, secretAccessKey: `secret of ${name}` };
    aws.addPrincipal({ name, ...credentials, ...(authorize === undefined ? {} : { authorize }) });
    const clients = clientsFor(aws.url, credentials);
    setOffset(clients, clock.offsetMs());
    opened.push(clients);
    return clients;
  };
  return {
    ...open('operator'),
    aws,
    clock,
    clientsOf: open,
    advance(seconds) {
      clock.advance(seconds * 1000);
      opened.forEach((clients) => setOffset(clients, clock.offsetMs()));
    },
    send: (path, init) => fetch(aws.url + path, init),
    async close() {
      opened.flatMap((clients) => Object.values(clients)).forEach((client: { destroy(): void }) => client.destroy());
      await aws.close();
      clock.stop();
    },
  };
}

function clientsFor(
  endpoint: string,
  credentials: { readonly accessKeyId: string; readonly secretAccessKey: string },
): AwsClients {
  const config = { endpoint, region: testRegion, credentials, maxAttempts: 1 };
  return {
    s3: new S3Client(config),
    sqs: new SQSClient(config),
    secrets: new SecretsManagerClient(config),
    dynamoDb: new DynamoDBClient(config),
  };
}

function setOffset(clients: AwsClients, offsetMs: number): void {
  for (const client of [clients.s3, clients.sqs, clients.secrets, clients.dynamoDb])
    client.config.systemClockOffset = offsetMs;
}

/** What the promise rejects with, as a name, a status and a message to look at. */
export async function refusal(
  call: Promise<unknown>,
): Promise<{ readonly name: string; readonly status: number | undefined; readonly message: string }> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const metadata: unknown = '$metadata' in error ? error.$metadata : undefined;
    const status: unknown =
      typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata
        ? metadata.httpStatusCode
        : undefined;
    return { name: error.name, status: typeof status === 'number' ? status : undefined, message: error.message };
  }
  throw new Error('the call was expected to be refused, and succeeded');
}
