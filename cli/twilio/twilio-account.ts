import { twilioClient } from '../../lambdas/shared/adapters/twilio/twilio-client.ts';
import type { TwilioApiKey, TwilioClient } from '../../lambdas/shared/adapters/twilio/twilio-client.ts';
import { accountSid } from '../../lambdas/shared/domain/sids.ts';
import type { AccountSid } from '../../lambdas/shared/domain/sids.ts';
import type { SecretSource } from '../../lambdas/shared/ports/secret-source.ts';
import { Secret } from '../../lambdas/shared/runtime/secret.ts';
import { UsageError } from '../../local/terminal/options.ts';
import type { OptionSpecs } from '../../local/terminal/options.ts';
import type { CommandNeeds } from '../command.ts';
import type { Connection } from '../connection.ts';
import { stageOf } from '../stage-of.ts';
import { twilioRest } from './twilio-rest.ts';
import type { TwilioRest } from './twilio-rest.ts';

/** A Twilio account that a command works on. */
export interface TwilioAccount {
  readonly accountSid: AccountSid;
  /** For people: where the credentials are from, never what they are. */
  readonly credentialsFrom: string;
  /** Calls as Basic user and password: an API key, or the account itself with its auth token. */
  readonly credentials: 'api-key' | 'auth-token';
  readonly rest: TwilioRest;
  /** For what `rest` does not do; without its patience. */
  readonly client: TwilioClient;
  /** The pipeline whose account it is; undefined with credentials of the environment and neither --stage nor --data. */
  readonly pipeline: Connection | undefined;
  /** The base of the pipeline's URLs, without a slash at its end; undefined where neither the pipeline nor the option says. */
  readonly publicUrl: string | undefined;
}

/** What every `twilio` command takes. */
export const twilioOptions: OptionSpecs = {
  'twilio-url': { kind: 'text', placeholder: 'url', help: 'another Twilio: every host maps to it, paths unchanged' },
  'public-url': {
    kind: 'text',
    placeholder: 'url',
    help: "the base of the pipeline's URLs; the stage's own unless given",
  },
};

const wanted = 'TWILIO_ACCOUNT_SID with TWILIO_API_KEY and TWILIO_API_SECRET, or with TWILIO_AUTH_TOKEN';

/**
 * The account that the environment's credentials open (TWILIO_ACCOUNT_SID with TWILIO_API_KEY and TWILIO_API_SECRET, or
 * with TWILIO_AUTH_TOKEN), else the one of the stage's secret. With both, they must be of one account.
 *
 * @throws {UsageError} when credentials are half there, no URL is one, or two accounts are meant.
 */
export async function twilioAccount(
  needs: Pick<CommandNeeds, 'typed' | 'connect' | 'environment' | 'pause' | 'progress'>,
): Promise<TwilioAccount> {
  const { typed, connect, environment, pause, progress } = needs;
  const typedPublicUrl = urlTyped('public-url', typed.texts.get('public-url'));
  const typedTwilioUrl = urlTyped('twilio-url', typed.texts.get('twilio-url'));
  const own = credentialsOf(environment);
  const namesPipeline = typed.texts.has('stage') || typed.texts.has('data');
  const pipeline = own === undefined || namesPipeline ? await connect() : undefined;
  const stageAccount = pipeline && accountSid((await stageOf(pipeline.stageName)).twilio.accountSid);
  if (own !== undefined && stageAccount !== undefined && own.accountSid !== stageAccount)
    throw new UsageError(
      `TWILIO_ACCOUNT_SID is ${own.accountSid}, and the account of ${pipeline?.name} is ${stageAccount}: unset it, or name the stage of that account`,
    );
  const { apiKey, sid, credentials, credentialsFrom } = await opened(own, pipeline, stageAccount);
  const client = twilioClient({ apiKey, baseUrl: typedTwilioUrl ?? pipeline?.twilioUrl });
  return {
    accountSid: sid,
    ...{ credentials, credentialsFrom, client, pipeline },
    rest: twilioRest(client, { pause, tell: (text) => progress.show([text]) }),
    publicUrl: typedPublicUrl ?? pipeline?.publicUrl?.replace(/\/$/, ''),
  };
}

async function opened(
  own: OwnCredentials | undefined,
  pipeline: Connection | undefined,
  stageAccount: AccountSid | undefined,
): Promise<
  Pick<TwilioAccount, 'credentials' | 'credentialsFrom'> & { sid: AccountSid; apiKey: SecretSource<TwilioApiKey> }
> {
  if (own !== undefined) {
    const secret = new Secret(own.key);
    const apiKey = { current: async () => secret, fresh: async () => secret };
    return { apiKey, sid: own.accountSid, credentials: own.kind, credentialsFrom: 'the environment' };
  }
  if (pipeline === undefined || stageAccount === undefined)
    throw new UsageError(`there are no credentials: set ${wanted}`);
  return {
    apiKey: pipeline.twilioSecret,
    sid: stageAccount,
    credentials: 'api-key',
    credentialsFrom: `the secret of ${pipeline.name}`,
  };
}

interface OwnCredentials {
  readonly accountSid: AccountSid;
  readonly kind: TwilioAccount['credentials'];
  readonly key: TwilioApiKey;
}

function credentialsOf(environment: CommandNeeds['environment']): OwnCredentials | undefined {
  // A variable that is set to nothing, as a missing secret of a CI is, is not set.
  const [sid, apiKeySid, apiKeySecret, authToken] = [
    'TWILIO_ACCOUNT_SID',
    'TWILIO_API_KEY',
    'TWILIO_API_SECRET',
    'TWILIO_AUTH_TOKEN',
  ].map((name) => environment[name] || undefined);
  if (sid === undefined) return undefined;
  if (!accountSid.is(sid)) throw new UsageError(`TWILIO_ACCOUNT_SID is "${sid}": wanted AC and 32 hexadecimal digits`);
  if (apiKeySid !== undefined && apiKeySecret !== undefined)
    return { accountSid: sid, kind: 'api-key', key: { apiKeySid, apiKeySecret } };
  if (authToken !== undefined)
    return { accountSid: sid, kind: 'auth-token', key: { apiKeySid: sid, apiKeySecret: authToken } };
  throw new UsageError(`TWILIO_ACCOUNT_SID is set and nothing that opens it: set ${wanted}`);
}

/** Without the slash at its end. */
function urlTyped(option: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const url = URL.parse(text);
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.search !== '' || url.hash !== '')
    throw new UsageError(`--${option} ${text} is no base of URLs: wanted https://host or https://host/path`);
  return url.toString().replace(/\/$/, '');
}
