import { twilioSignature } from '../runtime/twilio-signature.ts';
import type { PipelineRun } from './pipeline-run.ts';

/** Posts a form as Twilio would, signed with the run's token; resolves to the status. */
export async function postForm(
  { cloud, secrets }: PipelineRun,
  path: '/twilio/task-events' | '/twilio/recording-events',
  fields: Readonly<Record<string, string>>,
): Promise<number> {
  const url = `${cloud.publicUrl}${path}`;
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'x-twilio-signature': twilioSignature(secrets.authToken, url, Object.entries(fields)) },
    body: new URLSearchParams(fields),
  });
  return answer.status;
}
