import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { EnvVars } from '../../lambdas/link-recording/env.ts';
import { linksTooLate } from '../constructs/function-metrics.ts';
import { QueueWorker } from '../constructs/queue-worker.ts';
import { RunbookAlarm } from '../constructs/runbook-alarm.ts';
import { readSecrets, sendTo, useDataKey, useLedger } from '../permissions.ts';
import type { Stage } from '../stage-settings.ts';
import { commonProps } from './pipeline-parts.ts';
import type { PipelineParts } from './pipeline-parts.ts';

/** Writes playback links onto tasks, and tells somebody of those that came too late for Flex Insights. */
export class LinkRecording extends QueueWorker {
  constructor(scope: Construct, parts: PipelineParts) {
    const { stage, stateful } = parts;
    const { twilioSecretArn, linkKeysSecretArn } = stateful;
    const own = stateful.workerQueues['link-recording'];
    super(scope, 'LinkRecording', {
      ...commonProps(parts),
      name: 'link-recording',
      queues: own,
      environment: {
        LEDGER_TABLE: stateful.ledgerTableName,
        TWILIO_SECRET_ARN: twilioSecretArn,
        LINK_KEYS_SECRET_ARN: linkKeysSecretArn,
        ACCOUNT_SID: stage.twilio.accountSid,
        WORKSPACE_SID: stage.twilio.workspaceSid,
        LINK_BASE_URL: parts.publicUrl,
        LINK_MODE: stage.linkMode,
        LINK_TRANSCRIPTS: stage.linkTranscripts ? 'on' : 'off',
        ON_EXISTING_LINK: stage.onExistingLink,
        ...correlation(stage),
        DEAD_LETTER_QUEUE_URL: own.deadLetterQueue.queueUrl,
      } satisfies EnvVars,
      permissions: [
        useLedger(stateful),
        useDataKey(scope, stateful),
        readSecrets(twilioSecretArn, linkKeysSecretArn),
        sendTo(own.deadLetterQueue),
      ],
      memorySizeMegabytes: 512,
      batchSize: 10,
      maxConcurrency: stage.maxConcurrency['link-recording'],
      // Looks at a link are queued up to 90 s ahead, and AWS does not say whether a delayed message has an age: a minute
      // on top of that is late either way.
      oldestMessageAlarm: Duration.seconds(150),
      impact: {
        deadLetters:
          'A link could not be written: the recording is archived, but the conversation in Flex Insights has no link to it.',
        staleDeadLetters:
          'A link that was never written is about to be forgotten: after 14 days its message is gone for good.',
        retrying:
          'Most links are tried in vain: Twilio or the ledger is not there, and conversations reach Flex Insights without their link.',
        age: 'Links wait for two and a half minutes or more: Flex Insights stops looking 120 s after a task ends, and a later link is lost to it.',
        errors:
          'The function that writes links fails as a whole: conversations reach Flex Insights without their link.',
        throttles:
          'The function that writes links is not started: conversations may reach Flex Insights without their link.',
      },
    });
    new RunbookAlarm(scope, {
      alarming: parts.alarming,
      name: 'links-too-late',
      impact:
        'Links were not on their tasks 120 s after the end: these conversations have no link in Flex Insights, for good. The recordings are safe.',
      metric: linksTooLate(stage.name),
      when: { above: 0 },
    });
  }
}

function correlation({ calabrio }: Stage): { readonly CORRELATION_OBJECT?: string } {
  return calabrio?.correlationObject === undefined ? {} : { CORRELATION_OBJECT: calabrio.correlationObject };
}
