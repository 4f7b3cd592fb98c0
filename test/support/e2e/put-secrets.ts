import { account } from './pipeline-run.ts';
import type { PipelineRun } from './pipeline-run.ts';

/** Puts the token that webhooks are proved with into the Twilio secret, as an operator does; the API key stays. */
export function putAuthToken({ aws, cloud, secrets }: PipelineRun, authToken: string): void {
  const { apiKeySid, apiKeySecret } = secrets;
  const authTokens = { [account]: { current: authToken } };
  aws.secrets.putValue(
    cloud.secret('twilio').physicalName,
    JSON.stringify({ accountSid: account, apiKeySid, apiKeySecret, authTokens }),
  );
}

/** Puts a ring of link keys, each of 32 bytes, of which `signingKeyId` signs. */
export function putLinkKeys(
  { aws, cloud }: PipelineRun,
  signingKeyId: string,
  keys: Readonly<Record<string, string>>,
): void {
  aws.secrets.putValue(cloud.secret('link-keys').physicalName, JSON.stringify({ signingKeyId, keys }));
}

/** Puts the private keys of recording encryption, in PEM by their public keys' SIDs. */
export function putRecordingKeys({ aws, cloud }: PipelineRun, keys: Readonly<Record<string, string>>): void {
  aws.secrets.putValue(cloud.secret('recording-keys').physicalName, JSON.stringify({ keys }));
}

/** Puts the tokens of callers; "" empties the secret. */
export function putSmsCallers(
  { aws, cloud }: PipelineRun,
  callers: Readonly<Record<string, { readonly current: string; readonly previous?: string }>> | '',
): void {
  const text = callers === '' ? '' : JSON.stringify({ callers });
  aws.secrets.putValue(cloud.secret('sms-callers').physicalName, text);
}
