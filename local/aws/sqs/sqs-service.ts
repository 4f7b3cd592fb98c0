import { jsonService } from '../http/json-service.ts';
import type { Service } from '../http/service.ts';
import {
  createQueue,
  deleteQueue,
  getQueueAttributes,
  getQueueUrl,
  listDeadLetterSourceQueues,
  listQueues,
  listQueueTags,
  purgeQueue,
  setQueueAttributes,
  tagQueue,
  untagQueue,
} from './managing.ts';
import { cancelMessageMoveTask, listMessageMoveTasks, startMessageMoveTask } from './redriving.ts';
import {
  changeMessageVisibility,
  changeMessageVisibilityBatch,
  deleteMessage,
  deleteMessageBatch,
  receiveMessage,
} from './receiving.ts';
import { sendMessage, sendMessageBatch } from './sending.ts';
import type { SqsOperation, SqsParts } from './sqs-call.ts';
import { sqsError } from './sqs-errors.ts';

const operations: Readonly<Record<string, SqsOperation>> = {
  CancelMessageMoveTask: cancelMessageMoveTask,
  ChangeMessageVisibility: changeMessageVisibility,
  ChangeMessageVisibilityBatch: changeMessageVisibilityBatch,
  CreateQueue: createQueue,
  DeleteMessage: deleteMessage,
  DeleteMessageBatch: deleteMessageBatch,
  DeleteQueue: deleteQueue,
  GetQueueAttributes: getQueueAttributes,
  GetQueueUrl: getQueueUrl,
  ListDeadLetterSourceQueues: listDeadLetterSourceQueues,
  ListMessageMoveTasks: listMessageMoveTasks,
  ListQueues: listQueues,
  ListQueueTags: listQueueTags,
  PurgeQueue: purgeQueue,
  ReceiveMessage: receiveMessage,
  SendMessage: sendMessage,
  SendMessageBatch: sendMessageBatch,
  SetQueueAttributes: setQueueAttributes,
  StartMessageMoveTask: startMessageMoveTask,
  TagQueue: tagQueue,
  UntagQueue: untagQueue,
};

/** SQS in its JSON protocol, the only one that current SDKs speak. */
export function sqsService(parts: SqsParts): Service {
  return jsonService({
    version: '1.0',
    target: 'AmazonSQS',
    denial: 'AccessDenied',
    sendsQueryError: true,
    work(call) {
      const operation = operations[call.operation];
      if (operation === undefined)
        throw sqsError('UnsupportedOperation', `The local SQS does not offer ${call.operation}.`);
      return operation(parts, call);
    },
  });
}
