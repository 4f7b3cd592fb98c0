import { SendMessageCommand, SQSClient, SQSServiceException } from '@aws-sdk/client-sqs';
import type { BackendAnswer, CallService } from './integration-backend.ts';
import { GatewayRefusal } from './refusal.ts';

/** How to reach AWS as one role. */
export interface RoleAccess {
  readonly url: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** How far the run's clock is ahead of this process's: signatures carry the run's time. */
  readonly clockOffsetMs: () => number;
}

const FORM = 'application/x-www-form-urlencoded';

/**
 * Runs `Action=SendMessage` of integrations that name a queue (`…:sqs:path/<account>/<queue>`), under their role.
 *
 * The form is read as SQS reads it, so a template that forgets to encode its message breaks here too.
 */
export function sqsBackend(
  access: (roleArn: string) => RoleAccess,
  queueUrl: (queue: QueuePath) => string,
): CallService {
  const clients = new Map<string, SQSClient>();
  const clientOf = (roleArn: string): SQSClient => {
    const { url, region, accessKeyId, secretAccessKey, clockOffsetMs } = access(roleArn);
    const client =
      clients.get(roleArn) ??
      new SQSClient({ endpoint: url, region, credentials: { accessKeyId, secretAccessKey }, maxAttempts: 1 });
    client.config.systemClockOffset = clockOffsetMs();
    clients.set(roleArn, client);
    return client;
  };
  return async (integration, { headers, body }) => {
    const queue = sqsPath(integration.Uri);
    if (integration.Credentials === undefined) throw new Error('the integration has no role to send under');
    const form = new URLSearchParams(body);
    const [type = ''] = (headers['content-type'] ?? '').split(';');
    if (type.trim() !== FORM)
      return failure(400, 'MissingAction', `SQS reads ${FORM}, the integration sends "${type}"`);
    if (form.get('Action') !== 'SendMessage') return failure(400, 'InvalidAction', 'only SendMessage is known here');
    const unknown = [...form.keys()].filter((key) => !['Action', 'MessageBody', 'Version', 'QueueUrl'].includes(key));
    if (unknown.length > 0) throw new Error(`the SendMessage parameters ${unknown.join(', ')} are not known here`);
    const send = new SendMessageCommand({
      QueueUrl: queueUrl(queue),
      MessageBody: form.get('MessageBody') ?? undefined,
    });
    return clientOf(integration.Credentials).send(send).then(success, refused);
  };
}

/** A queue as the address of an integration names it. */
export interface QueuePath {
  readonly region: string;
  readonly account: string;
  readonly queue: string;
}

/** Whether the integration is one that `sqsBackend` runs. @throws {Error} naming the address when it is not. */
export function sqsPath(uri: string | undefined): QueuePath {
  const [, region, account, queue] = /^arn:aws:apigateway:([^:]+):sqs:path\/(\d+)\/([\w.-]+)$/.exec(uri ?? '') ?? [];
  if (region === undefined || account === undefined || queue === undefined)
    throw new Error(
      `the integration address ${uri} is not known here: wanted arn:aws:apigateway:<region>:sqs:path/<account>/<queue>`,
    );
  return { region, account, queue };
}

function success(output: { MessageId?: string | undefined; MD5OfMessageBody?: string | undefined }): BackendAnswer {
  const SendMessageResult = { MessageId: output.MessageId, MD5OfMessageBody: output.MD5OfMessageBody };
  return { status: 200, body: JSON.stringify({ SendMessageResponse: { SendMessageResult } }), headers: {} };
}

function failure(status: number, code: string, message: string): BackendAnswer {
  return { status, body: JSON.stringify({ Error: { Code: code, Message: message } }), headers: {} };
}

function refused(error: unknown): BackendAnswer {
  if (error instanceof SQSServiceException)
    return failure(error.$metadata.httpStatusCode ?? 500, error.name, error.message);
  const refusal = new GatewayRefusal('INTEGRATION_FAILURE', 'Internal server error');
  refusal.cause = error;
  throw refusal;
}
