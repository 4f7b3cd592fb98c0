import { twilioClient } from '../../../lambdas/shared/adapters/twilio/twilio-client.ts';
import type { TwilioClient } from '../../../lambdas/shared/adapters/twilio/twilio-client.ts';
import type { Clock } from '../../../local/clock.ts';
import type { TwilioSimulator } from '../../../local/twilio/simulator.ts';
import { memorySecret } from '../runtime/memory-secret.ts';
import { account } from '../twilio/twilio-account.ts';
import type { TwilioUnderTest } from '../twilio/twilio-account.ts';
import { startContractProxy } from './contract-proxy.ts';
import type { ContractProxy } from './contract-proxy.ts';

/** A simulated account whose every request is held to Twilio's OpenAPI files on its way. */
export interface CheckedTwilio {
  readonly twilio: TwilioSimulator;
  readonly clock: Clock;
  /** Of the proxy: what is asked of the simulator itself is not checked. */
  readonly url: string;
  /** The pipeline's own client, through the proxy. */
  readonly client: TwilioClient;
}

/** What tests, taken together, have asked the simulator for. */
export interface SeenByTests {
  /** The operations that were answered with success, by name. */
  operations(): readonly string[];
  /** Of the simulator, the routes that were never answered with success. */
  unreachedRoutes(): readonly string[];
  note(twilio: TwilioSimulator, proxy: ContractProxy): void;
}

export function seenByTests(): SeenByTests {
  const operations = new Set<string>();
  const routes = new Map<string, boolean>();
  return {
    operations: () => [...operations].toSorted(),
    unreachedRoutes: () => [...routes].filter(([, isReached]) => !isReached).map(([route]) => route),
    note(twilio, proxy) {
      proxy.operations().forEach((name) => operations.add(name));
      const answered = twilio.requests().filter(({ status }) => status >= 200 && status < 400);
      for (const { method, path } of twilio.routes()) {
        // Whose account it is makes no other route of it.
        const route = `${method} ${path.source}`.replaceAll(/AC[0-9a-f]{32}/g, 'AC…');
        const isReached = answered.some((one) => one.method === method && path.test(one.path));
        routes.set(route, isReached || routes.get(route) === true);
      }
    },
  };
}

type Stoppable = TwilioUnderTest & { readonly stop?: () => Promise<unknown> };

/**
 * Gives each test of the surrounding `describe` an account of its own, and fails the test whose requests or answers do
 * not fit Twilio's OpenAPI files.
 */
export function checkedTests<Under extends Stoppable>(
  seen: SeenByTests,
  start: () => Promise<Under>,
): { checked(): Under & CheckedTwilio } {
  let running: { readonly under: Under & CheckedTwilio; readonly proxy: ContractProxy } | undefined;
  const current = () => {
    if (running === undefined) throw new Error('there is an account only while a test runs');
    return running;
  };
  beforeEach(async () => {
    const under = await start();
    const proxy = await startContractProxy({ upstream: under.twilio.url });
    const client = twilioClient({ apiKey: memorySecret(account), baseUrl: proxy.url });
    running = { under: { ...under, url: proxy.url, client }, proxy };
  });
  afterEach(async () => {
    const { under, proxy } = current();
    await proxy.close();
    await (under.stop?.() ?? under.twilio.stop());
    seen.note(under.twilio, proxy);
    expect(proxy.violations()).toEqual([]);
  });
  return { checked: () => current().under };
}

/** What parts of the suite are given. */
export type Checked = ReturnType<typeof checkedTests<TwilioUnderTest>>;
