import { inMemoryWebhookSender } from '../../support/fakes/in-memory-webhook-sender.ts';
import { webhookSenderSuite } from './webhook-sender-suite.ts';

describe('the sender in memory', () => {
  webhookSenderSuite(async () => {
    const sender = inMemoryWebhookSender();
    return {
      sender,
      url: 'https://reports.example.com/statuses',
      posts: () => sender.posts,
      answerNext: (answer) => sender.answerNext(answer),
      leave: async () => sender.answerAlways('nothing'),
      close: async () => undefined,
    };
  });
});
