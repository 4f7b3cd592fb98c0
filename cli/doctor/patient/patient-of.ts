import { randomBytes } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { askByHttp } from './ask.ts';
import { CannotLookError } from '../finding.ts';
import { readFlexConfiguration } from './flex-configuration.ts';
import { newestRecordings } from './listed-recordings.ts';
import type { Patient } from './patient.ts';
import { plannedEvents } from './planned-events.ts';
import { sendProbe } from './probe.ts';
import { recentTasks } from './recent-tasks.ts';
import type { CommandNeeds } from '../../command.ts';
import type { Connection } from '../../connection.ts';
import { twilioRest } from '../../twilio/twilio-rest.ts';
import { twilioClient } from '../../../lambdas/shared/adapters/twilio/twilio-client.ts';
import { faultName } from '../../../lambdas/shared/adapters/http/fault-name.ts';
import { accountSid } from '../../../lambdas/shared/domain/sids.ts';
import { lazy } from '../../../lambdas/shared/runtime/lazy.ts';
import { Secret } from '../../../lambdas/shared/runtime/secret.ts';
import type { Stage } from '../../../lib/stage-settings.ts';

/** The pipeline that somebody is connected to, as checks look at it; nobody is asked before a check asks. */
export function patientOf(
  connection: Connection,
  stage: Stage,
  needs: Pick<CommandNeeds, 'typed' | 'readTyped' | 'pause' | 'progress'> & { readonly flexToken: string | undefined },
): Patient {
  const { pause, progress, flexToken } = needs;
  const patience = { pause, tell: (text: string) => progress.show([text]) };
  const baseUrl = connection.twilioUrl;
  const client = twilioClient({ apiKey: connection.twilioSecret, baseUrl });
  const twilio = twilioRest(client, patience);
  const account = accountSid(stage.twilio.accountSid);
  const patient: Patient = {
    ...{ connection, stage, twilio, pause, flexToken },
    ...{ accountSid: account, twilioClient: client, ask: askByHttp, addressesOf },
    twilioAs(user, password) {
      const key = async () => new Secret({ apiKeySid: user, apiKeySecret: password });
      return twilioRest(twilioClient({ apiKey: { current: key, fresh: key }, baseUrl }), patience);
    },
    command: (words) => `npm run cli -- ${words}${whereOf(needs.typed)}`,
    newId: () => randomBytes(8).toString('hex'),
    publicUrl() {
      if (connection.publicUrl === undefined)
        throw new CannotLookError(`${connection.name} publishes no public URL: is its pipeline stack deployed?`);
      return connection.publicUrl.replace(/\/$/, '');
    },
    secret: lazy(async () => {
      const read = await connection.twilioSecret.current().catch((cause: unknown) => {
        throw new CannotLookError('the Twilio secret cannot be read', { cause });
      });
      return read.reveal();
    }),
    recordings: lazy(() => newestRecordings(twilio, account)),
    flexConfiguration: lazy(() => readFlexConfiguration(twilio)),
    tasks: lazy(() => recentTasks(connection)),
    plannedEvents: lazy(() => plannedEvents(patient, needs)),
    firstProbe: lazy(() => sendProbe(patient, 'application/json')),
  };
  return patient;
}

/** As it was typed here; nothing for the last local cloud. */
function whereOf({ texts }: CommandNeeds['typed']): string {
  return ['stage', 'data'].flatMap((name) => (texts.has(name) ? [` --${name} ${texts.get(name) ?? ''}`] : [])).join('');
}

/** No name and no answer are alike: the host cannot be found from here. */
async function addressesOf(host: string): Promise<readonly string[]> {
  try {
    return (await lookup(host, { all: true })).map(({ address }) => address);
  } catch (cause) {
    if (['ENOTFOUND', 'ENODATA', 'EAI_AGAIN'].includes(faultName(cause))) return [];
    throw cause;
  }
}
