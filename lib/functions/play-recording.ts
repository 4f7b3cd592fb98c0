import type { Construct } from 'constructs';
import type { EnvVars } from '../../lambdas/play-recording/env.ts';
import { BundledFunction } from '../constructs/bundled-function.ts';
import { flexPlayerText } from '../flex-player-settings.ts';
import { readRecordings, seeWhatIsMissing } from '../archive-permissions.ts';
import { readRecordsAndWriteTimeline, readSecrets, useDataKey } from '../permissions.ts';
import { commonProps } from './pipeline-parts.ts';
import type { PipelineParts } from './pipeline-parts.ts';

/** Answers who opens a link: with the sound's address, or why not. */
export class PlayRecording extends BundledFunction {
  constructor(scope: Construct, parts: PipelineParts) {
    const { stage, stateful } = parts;
    super(scope, 'PlayRecording', {
      ...commonProps(parts),
      name: 'play-recording',
      environment: {
        LEDGER_TABLE: stateful.ledgerTableName,
        ARCHIVE_BUCKET: stateful.archiveBucketName,
        LINK_KEYS_SECRET_ARN: stateful.linkKeysSecretArn,
        ACCOUNT_SID: stage.twilio.accountSid,
        ...(stage.flexPlayer !== undefined && {
          FLEX_PLAYER: flexPlayerText(stage.flexPlayer),
          TWILIO_SECRET_ARN: stateful.twilioSecretArn,
        }),
      } satisfies EnvVars,
      permissions: [
        readRecordings(stateful),
        seeWhatIsMissing(stateful),
        readRecordsAndWriteTimeline(stateful),
        useDataKey(scope, stateful),
        readSecrets(stateful.linkKeysSecretArn, ...(stage.flexPlayer === undefined ? [] : [stateful.twilioSecretArn])),
      ],
      memorySizeMegabytes: 512,
      impact: {
        errors: 'Playback fails: supervisors who open a link in Flex Insights hear nothing. Nothing is lost.',
        throttles: 'Playback is refused at times: supervisors have to try again. Nothing is lost.',
      },
    });
  }
}
