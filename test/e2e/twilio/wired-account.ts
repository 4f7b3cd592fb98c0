import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { withSinkTest } from '../../../lambdas/shared/domain/sink-tests.ts';
import { accountSid, workspaceSid } from '../../../lambdas/shared/domain/sids.ts';
import { startTwilio } from '../../../local/twilio/start-twilio.ts';
import { stages } from '../../../lib/stages.ts';
import { answerHttp } from '../../support/fakes/http-answers.ts';
import { inMemoryLedger } from '../../support/ledger/in-memory-ledger.ts';
import { handClock } from '../../support/twilio/hand-clock.ts';
import { account } from '../../support/twilio/twilio-account.ts';
import { fakeConnection } from '../../unit/cli/fake-connection.ts';

/** 20 November 2026, eight o'clock in the morning, UTC. */
const MORNING = Date.UTC(2026, 10, 20, 8);

/** The account of stage dev at a simulated Twilio, before anything is made in it. */
export const stageAccount = {
  ...account,
  accountSid: accountSid(stages.dev.twilio.accountSid),
  workspaceSid: workspaceSid(stages.dev.twilio.workspaceSid),
};

/** An empty account, and a pipeline that keeps the ids of the test events which Twilio sends to it. */
export async function startWiredAccount(seed = 1) {
  const clock = handClock(MORNING);
  const twilio = await startTwilio({ ...stageAccount, clock, seed, emptyAccount: true });
  const ledger = inMemoryLedger();
  const gateway = await answerHttp((request, response) => void receive(request, response));
  const publicUrl = `${gateway.url}/v1`;

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const events: unknown = JSON.parse(await text(request));
    for (const event of Array.isArray(events) ? events : []) {
      const test = { testId: String(event.data?.test_id), receivedAt: new Date(clock.now()), contentType: '' };
      const after = withSinkTest(await ledger.readSinkTests(), test);
      if (after !== undefined) await ledger.saveSinkTests(after);
    }
    response.writeHead(204).end();
  }

  return {
    ...{ clock, twilio, publicUrl },
    connection: () => fakeConnection({ ledger, publicUrl }),
    stop: () => Promise.all([twilio.stop(), gateway.close()]),
  };
}

export type WiredAccount = Awaited<ReturnType<typeof startWiredAccount>>;
