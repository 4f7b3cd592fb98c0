import type { Ask } from './ask.ts';
import type { Connection } from '../../connection.ts';
import type { SectionPlan } from '../../twilio/section.ts';
import type { TwilioRest } from '../../twilio/twilio-rest.ts';
import type { TwilioClient } from '../../../lambdas/shared/adapters/twilio/twilio-client.ts';
import type { TwilioSecret } from '../../../lambdas/shared/adapters/secrets/twilio-secret.ts';
import type { AccountSid } from '../../../lambdas/shared/domain/sids.ts';
import type { TaskRecord } from '../../../lambdas/shared/domain/task-record.ts';
import type { Stage } from '../../../lib/stage-settings.ts';
import type { FlexConfiguration } from './flex-configuration.ts';
import type { ListedRecording } from './listed-recordings.ts';
import type { Probed } from './probed.ts';

/** An installation, as checks look at it. */
export interface Patient {
  readonly connection: Connection;
  readonly stage: Stage;
  readonly accountSid: AccountSid;
  /** With the API key of the pipeline's own secret. */
  readonly twilio: TwilioRest;
  readonly twilioClient: TwilioClient;
  /** As an account with its auth token. */
  readonly twilioAs: (accountSid: string, authToken: string) => TwilioRest;
  /** As anybody asks, without credentials. */
  readonly ask: Ask;
  /** The addresses that a host's name leads to; none where it leads nowhere. */
  readonly addressesOf: (host: string) => Promise<readonly string[]>;
  readonly pause: (seconds: number) => Promise<void>;
  /** Another one at each call: 16 hexadecimal digits. */
  readonly newId: () => string;
  readonly flexToken: string | undefined;
  /** What is typed to run a command on this very pipeline: `npm run cli -- redrive quarantine --stage dev`. */
  readonly command: (words: string) => string;
  /** The base of the pipeline's URLs, without a slash at its end. @throws {CannotLookError} where it publishes none. */
  readonly publicUrl: () => string;

  // What several checks look at is read once.

  /** @throws {CannotLookError} where it cannot be read. */
  readonly secret: () => Promise<TwilioSecret>;
  /** The newest recordings of the account, at most 50. */
  readonly recordings: () => Promise<readonly ListedRecording[]>;
  readonly flexConfiguration: () => Promise<FlexConfiguration>;
  /** Tasks of the last three UTC days, at most 200, the newest first. */
  readonly tasks: () => Promise<readonly TaskRecord[]>;
  /** As `twilio plan --only events`. */
  readonly plannedEvents: () => Promise<SectionPlan>;
  /** A probe as `application/json`, sent once: what is not proved need not be sent five times more. */
  readonly firstProbe: () => Promise<Probed>;
}
