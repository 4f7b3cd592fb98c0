import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { PipelineNames } from './pipeline-names.ts';
import type { Connection } from '../connection.ts';
import { stageOf } from '../stage-of.ts';
import { secretSource } from '../../lambdas/shared/adapters/secrets/secret-source.ts';
import { twilioSecretSchema } from '../../lambdas/shared/adapters/secrets/twilio-secret.ts';
import { twilioCalls } from '../../lambdas/shared/adapters/twilio/calls.ts';
import { twilioConferences } from '../../lambdas/shared/adapters/twilio/conferences.ts';
import { twilioRecordingList } from '../../lambdas/shared/adapters/twilio/recording-list.ts';
import { twilioClient } from '../../lambdas/shared/adapters/twilio/twilio-client.ts';
import { accountSid } from '../../lambdas/shared/domain/sids.ts';
import type { AccountSid } from '../../lambdas/shared/domain/sids.ts';

/** Recordings and calls of the stage's account, with the key that its functions have; the stage table and the secret are read when something is asked for. */
export function accountAtTwilio(
  stageName: string,
  names: PipelineNames,
  has: { readonly secrets: SecretsManagerClient; readonly twilioUrl: string | undefined; readonly now: () => Date },
): Pick<Connection, 'recordings' | 'calls'> {
  const apiKey = secretSource({
    ...{ client: has.secrets, secretArn: names.twilioSecretArn },
    ...{ schema: twilioSecretSchema, now: has.now },
  });
  const client = twilioClient({ apiKey, baseUrl: has.twilioUrl });
  const list = twilioRecordingList(client);
  const calls = twilioCalls(client);
  const conferences = twilioConferences(client);
  const account = async (): Promise<AccountSid> => accountSid((await stageOf(stageName)).twilio.accountSid);
  return {
    recordings: { page: async (of) => list.page(await account(), of) },
    calls: {
      endsOf: async (sid) => calls.fetch(await account(), sid),
      async thatEnded(sid) {
        const fetched = await conferences.fetch(await account(), sid);
        return fetched.kind === 'gone' ? undefined : fetched.conference.callSidEnding;
      },
    },
  };
}
