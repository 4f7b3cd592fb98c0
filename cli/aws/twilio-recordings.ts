import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { PipelineNames } from './pipeline-names.ts';
import type { AccountRecordings } from '../connection.ts';
import { stageOf } from '../stage-of.ts';
import { secretSource } from '../../lambdas/shared/adapters/secrets/secret-source.ts';
import { twilioSecretSchema } from '../../lambdas/shared/adapters/secrets/twilio-secret.ts';
import { twilioRecordingList } from '../../lambdas/shared/adapters/twilio/recording-list.ts';
import { twilioClient } from '../../lambdas/shared/adapters/twilio/twilio-client.ts';
import { accountSid } from '../../lambdas/shared/domain/sids.ts';

/** The recordings of the stage's account, with the key that its functions have; the stage table and the secret are read when a page is asked for. */
export function accountRecordings(
  stageName: string,
  names: PipelineNames,
  has: { readonly secrets: SecretsManagerClient; readonly twilioUrl: string | undefined; readonly now: () => Date },
): AccountRecordings {
  const apiKey = secretSource({
    ...{ client: has.secrets, secretArn: names.twilioSecretArn },
    ...{ schema: twilioSecretSchema, now: has.now },
  });
  const list = twilioRecordingList(twilioClient({ apiKey, baseUrl: has.twilioUrl }));
  return {
    async page(of) {
      const { twilio } = await stageOf(stageName);
      return list.page(accountSid(twilio.accountSid), of);
    },
  };
}
