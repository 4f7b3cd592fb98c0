import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type Message,
  type ReceiveMessageCommandInput,
  type SendMessageCommandInput,
  type SQSClient,
} from '@aws-sdk/client-sqs';

export async function makeQueue(
  sqs: SQSClient,
  name: string,
  attributes: Record<string, string> = {},
): Promise<string> {
  return (await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: attributes }))).QueueUrl ?? '';
}

export async function attributesOf(sqs: SQSClient, url: string): Promise<Record<string, string>> {
  return (await sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }))).Attributes ?? {};
}

export function sendText(sqs: SQSClient, url: string, body: string, more: Partial<SendMessageCommandInput> = {}) {
  return sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: body, ...more }));
}

export async function receive(
  sqs: SQSClient,
  url: string,
  more: Partial<ReceiveMessageCommandInput> = {},
): Promise<readonly Message[]> {
  const asked = new ReceiveMessageCommand({
    QueueUrl: url,
    MessageSystemAttributeNames: ['All'],
    MessageAttributeNames: ['All'],
    ...more,
  });
  return (await sqs.send(asked)).Messages ?? [];
}

/** The one message there is. */
export async function receiveOne(
  sqs: SQSClient,
  url: string,
  more: Partial<ReceiveMessageCommandInput> = {},
): Promise<Message> {
  const [message, second] = await receive(sqs, url, { ...more, MaxNumberOfMessages: 10 });
  if (message === undefined || second !== undefined) throw new Error('expected exactly one message');
  return message;
}
