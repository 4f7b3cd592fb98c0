import { text } from 'node:stream/consumers';
import type { ServerResponse, IncomingMessage } from 'node:http';
import { eventsSection } from '../../../../cli/twilio/events/section.ts';
import type { EventsSettings } from '../../../../cli/twilio/events/events-settings.ts';
import { messagingSection } from '../../../../cli/twilio/messaging/section.ts';
import type { MessagingSettings } from '../../../../cli/twilio/messaging/messaging-settings.ts';
import { pruneTyped } from '../../../../cli/twilio/prune-typed.ts';
import type { SectionNeeds } from '../../../../cli/twilio/section-needs.ts';
import type { Section, SectionPlan } from '../../../../cli/twilio/section.ts';
import type { TwilioAccount } from '../../../../cli/twilio/twilio-account.ts';
import { twilioRest } from '../../../../cli/twilio/twilio-rest.ts';
import type { TwilioRest } from '../../../../cli/twilio/twilio-rest.ts';
import { enrichTask, readEnrichTaskMessage } from '../../../../lambdas/enrich-task/handler.ts';
import { twilioProveSender } from '../../../../lambdas/shared/adapters/twilio/prove-sender.ts';
import { twilioClient } from '../../../../lambdas/shared/adapters/twilio/twilio-client.ts';
import { answerHttp } from '../../../support/fakes/http-answers.ts';
import { memorySecret } from '../../../support/runtime/memory-secret.ts';
import { account as credentials, startAccount } from '../../../support/twilio/twilio-account.ts';
import { contextOf, startWorld } from '../../handlers/world.ts';
import { fakeConnection } from '../fake-connection.ts';

/** Which call that writes is the last one: it is made and its answer never arrives, or it is not made any more. */
export interface Crash {
  readonly atWrite: number;
  readonly when: 'before' | 'after';
}

/** The run is over, as when somebody pulls the plug. */
export class PluggedOutError extends Error {
  override readonly name = 'PluggedOutError';
}

const workspacesUrl = 'https://taskrouter.twilio.com/v1/Workspaces';

/**
 * The simulated account, and the pipeline's enrich-task at a URL of its own, to which Twilio delivers. Nobody waits by
 * the clock: a pause is over when nothing is on the wire.
 */
export async function startWired() {
  const under = await startAccount();
  const { twilio } = under;
  const world = startWorld();
  const gateway = await answerHttp((request, response) => void receive(request, response));
  const publicUrl = `${gateway.url}/v1`;
  const { accountSid, authToken } = credentials;
  const proveSender = twilioProveSender({
    publicUrl,
    tokens: memorySecret({ authTokens: { [accountSid]: { current: authToken } } }),
  });
  const work = enrichTask({ ...world, accountSid, workspaceSid: credentials.workspaceSid, proveSender });

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', gateway.url);
    const base64 = (value: unknown): string => Buffer.from(String(value ?? '')).toString('base64');
    const envelope = {
      v: 1,
      route: url.pathname.replace('/v1/', ''),
      requestId: 'r1',
      receivedAtEpochMs: under.clock.now(),
      sourceIp: '127.0.0.1',
      contentType: base64(request.headers['content-type']),
      signature: base64(request.headers['x-twilio-signature']),
      bodySha256: base64(url.searchParams.get('bodySHA256')),
      body: base64(await text(request)),
    };
    const status = await work(readEnrichTaskMessage(JSON.stringify(envelope)), contextOf()).then(
      () => 200,
      () => 500,
    );
    response.writeHead(status).end();
  }

  const secret = memorySecret({ apiKeySid: credentials.apiKeySid, apiKeySecret: credentials.apiKeySecret });
  const client = twilioClient({ apiKey: secret, baseUrl: twilio.url });
  const rest = twilioRest(client, { pause: async () => undefined, tell: () => undefined });
  const told: string[] = [];
  let pauseSeconds = 0;

  /** What a section is planned from, as `twilio plan` gives it. */
  function needs<Settings>(settings: Settings | undefined, as: As = {}): SectionNeeds<Settings> {
    const typed = { flags: new Set<string>(), texts: new Map(Object.entries(as.typed ?? {})), words: [] };
    const pipeline = fakeConnection({ ledger: world.ledger, publicUrl });
    const account: TwilioAccount = {
      accountSid,
      credentials: 'api-key',
      credentialsFrom: 'a test',
      client,
      rest: as.crash === undefined ? rest : crashing(rest, as.crash),
      pipeline: as.isPipelineKnown === false ? undefined : pipeline,
      publicUrl: as.publicUrl === null ? undefined : (as.publicUrl ?? publicUrl),
    };
    return {
      ...{ account, settings, typed, prune: pruneTyped(typed) },
      workspace: async () =>
        (await rest.list(workspacesUrl, 'workspaces')).find(({ sid }) => sid === credentials.workspaceSid),
      pause: async (seconds) => {
        pauseSeconds += seconds;
        await twilio.settled();
      },
      tell: (line) => void told.push(line),
      now: () => new Date(under.clock.now()),
    };
  }

  return {
    ...{ under, twilio, world, publicUrl, told, needs },
    pauseSeconds: () => pauseSeconds,
    /** From now on what Twilio delivers is answered by nobody. */
    breakGateway: () => gateway.close(),
    events: (settings: EventsSettings | undefined, as?: As) => eventsSection(needs(settings, as)),
    messaging: (settings: MessagingSettings | undefined, as?: As) => messagingSection(needs(settings, as)),
    stop: () => Promise.all([twilio.stop(), gateway.close()]),
  };
}

export type WiredAccount = Awaited<ReturnType<typeof startWired>>;

interface As {
  readonly typed?: Readonly<Record<string, string>>;
  readonly crash?: Crash;
  /** @default true */
  readonly isPipelineKnown?: boolean;
  /** Null: not known. @default - the gateway's */
  readonly publicUrl?: string | null;
}

/** @throws when the section is left out */
export function planOf(section: Section): Promise<SectionPlan> {
  if (section.kind === 'left-out') throw new Error(`${section.name} is left out: ${section.why}`);
  return section.plan();
}

/** Plans and makes; the plan is returned. @throws for a change that is blocked, and what a change threw. */
export async function apply(section: Section): Promise<SectionPlan> {
  const plan = await planOf(section);
  for (const { how, kind } of plan.changes) {
    if (how.kind === 'blocked') throw new Error(`${kind} is blocked: ${how.why}`);
    await how.make();
  }
  return plan;
}

/** `create sink`, in the order of the plan. */
export const actionsOf = (plan: SectionPlan): readonly string[] =>
  plan.changes.map(({ action, kind }) => `${action} ${kind}`);

function crashing(rest: TwilioRest, { atWrite, when }: Crash): TwilioRest {
  let count = 0;
  const write = async <Answer>(call: () => Promise<Answer>): Promise<Answer> => {
    count += 1;
    if (count > atWrite || (count === atWrite && when === 'before')) throw new PluggedOutError();
    const answer = await call();
    if (count === atWrite) throw new PluggedOutError();
    return answer;
  };
  return {
    ...rest,
    create: (...given) => write(() => rest.create(...given)),
    update: (...given) => write(() => rest.update(...given)),
    remove: (url) => write(() => rest.remove(url)),
  };
}
