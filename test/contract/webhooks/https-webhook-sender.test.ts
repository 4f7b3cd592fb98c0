import { httpsWebhookSender } from '../../../lambdas/shared/adapters/webhooks/https-webhook-sender.ts';
import { startReceivingServer } from '../../support/webhooks/receiving-server.ts';
import { webhookSenderSuite } from './webhook-sender-suite.ts';

describe('the sender by HTTP', () => {
  webhookSenderSuite(async () => {
    let answer: { readonly status: number; readonly retryAfterSeconds?: number } = { status: 204 };
    const server = await startReceivingServer((request, response) => {
      const retryAfter = answer.retryAfterSeconds;
      response.writeHead(answer.status, {
        location: `http://${request.headers.host}/elsewhere`,
        ...(retryAfter !== undefined && { 'retry-after': `${retryAfter}` }),
      });
      response.end();
    });
    let isOpen = true;
    const leave = async (): Promise<void> => {
      if (isOpen) await server.close();
      isOpen = false;
    };
    return {
      sender: httpsWebhookSender({ addresses: 'any' }),
      url: `http://127.0.0.1:${server.port}/statuses`,
      posts: () => server.posts,
      answerNext: (next) => void (answer = next),
      leave,
      close: leave,
    };
  });
});
