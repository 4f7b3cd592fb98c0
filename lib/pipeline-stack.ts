// Over 200 lines: a list of the functions, each with its environment, its permissions and who is hurt when it fails.
import { CfnOutput, Duration, Size, Stack } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { EnvVars as ArchiveRecordingEnv } from '../lambdas/archive-recording/env.ts';
import type { EnvVars as EnrichTaskEnv } from '../lambdas/enrich-task/env.ts';
import type { EnvVars as LinkRecordingEnv } from '../lambdas/link-recording/env.ts';
import type { EnvVars as PlayRecordingEnv } from '../lambdas/play-recording/env.ts';
import { BundledFunction } from './constructs/bundled-function.ts';
import { linksTooLate } from './constructs/function-metrics.ts';
import { Ingress } from './constructs/ingress.ts';
import { QuarantineAlarms } from './constructs/quarantine-alarms.ts';
import { QueueWorker } from './constructs/queue-worker.ts';
import { Reconcile } from './constructs/reconcile.ts';
import { RunbookAlarm } from './constructs/runbook-alarm.ts';
import type { Alarming } from './constructs/runbook-alarm.ts';
import { eventRoutes } from './constructs/gateway-routes.ts';
import {
  readRecordings,
  readRecordsAndWriteTimeline,
  readSecrets,
  seeWhatIsMissing,
  sendTo,
  storeRecordings,
  useDataKey,
  useLedger,
} from './permissions.ts';
import type { Stage } from './stage-settings.ts';
import { statefulReferences } from './stateful-references.ts';
import type { StatefulReferences } from './stateful-references.ts';

interface PipelineStackProps extends StackProps {
  readonly stage: Stage;
}

/** Where the runbook is read; its headings are the alarms' names. */
const RUNBOOK = 'docs/runbook.md';

/** Everything that can be made again any day: the gateway, the functions, the schedule, the alarms. */
export class PipelineStack extends Stack {
  private readonly stage: Stage;
  private readonly stateful: StatefulReferences;
  private readonly alarming: Alarming;
  private readonly ingress: Ingress;

  constructor(scope: Construct, id: string, props: PipelineStackProps) {
    // Deleted with its mapping, the domain answers 403, and Event Streams drops events for ever on that (docs/adr/010).
    super(scope, id, { ...props, terminationProtection: props.stage.production });
    this.stage = props.stage;
    this.stateful = statefulReferences(this, props.stage.name);
    this.alarming = { stageName: props.stage.name, runbook: RUNBOOK, topicArn: props.stage.alarmTopicArn };
    const { workerQueues } = this.stateful;
    this.ingress = new Ingress(this, 'Ingress', {
      stage: props.stage,
      alarming: this.alarming,
      queues: {
        'enrich-task': workerQueues['enrich-task'].queue,
        'archive-recording': workerQueues['archive-recording'].queue,
        'link-recording': workerQueues['link-recording'].queue,
      },
    });
    this.addEnrichTask();
    this.addArchiveRecording();
    this.addLinkRecording();
    this.addLinkAlarm();
    this.addPlayRecording();
    new Reconcile(this, 'Reconcile', { ...this.common(), stageName: props.stage.name, stateful: this.stateful });
    new QuarantineAlarms(this, 'Quarantine', { alarming: this.alarming, stateful: this.stateful });
    this.addOutputs();
  }

  private addEnrichTask(): void {
    const { workerQueues, quarantineQueue, ledgerTableName, twilioSecretArn } = this.stateful;
    const own = workerQueues['enrich-task'];
    const [archive, link] = [workerQueues['archive-recording'].queue, workerQueues['link-recording'].queue];
    new QueueWorker(this, 'EnrichTask', {
      ...this.common(),
      name: 'enrich-task',
      queues: own,
      environment: {
        LEDGER_TABLE: ledgerTableName,
        TWILIO_SECRET_ARN: twilioSecretArn,
        ACCOUNT_SID: this.stage.twilio.accountSid,
        WORKSPACE_SID: this.stage.twilio.workspaceSid,
        PUBLIC_URL: this.ingress.publicUrl,
        LINK_BASE_URL: this.ingress.publicUrl,
        ENRICHMENT_MODE: this.stage.enrichmentMode,
        ENRICH_TASK_QUEUE_URL: own.queue.queueUrl,
        ARCHIVE_RECORDING_QUEUE_URL: archive.queueUrl,
        LINK_RECORDING_QUEUE_URL: link.queueUrl,
        DEAD_LETTER_QUEUE_URL: own.deadLetterQueue.queueUrl,
        QUARANTINE_QUEUE_URL: quarantineQueue.queueUrl,
      } satisfies EnrichTaskEnv,
      permissions: [
        useLedger(this.stateful),
        useDataKey(this, this.stateful),
        readSecrets(twilioSecretArn),
        sendTo(own.queue, archive, link, own.deadLetterQueue, quarantineQueue),
      ],
      memorySizeMegabytes: 512,
      batchSize: 10,
      maxConcurrency: this.stage.maxConcurrency['enrich-task'],
      oldestMessageAlarm: Duration.minutes(3),
      impact: {
        deadLetters:
          'An event about a task could not be worked off: its attributes, recordings or link may be missing.',
        staleDeadLetters: 'An event that was put aside is about to expire: after 14 days it is gone for good.',
        retrying:
          'Most task events are taken and given back: something they need (Twilio, the ledger, a secret) is not there, and tasks go without link and attributes.',
        age: 'Events about tasks wait: links come too late for Flex Insights, which stops looking 120 s after a task ends.',
        errors: 'The function that reads task events fails as a whole: events wait, links come late or not at all.',
        throttles: 'The function that reads task events is not started: events wait, links come late.',
      },
    });
  }

  private addArchiveRecording(): void {
    const { workerQueues, quarantineQueue, ledgerTableName, archiveBucketName, twilioSecretArn } = this.stateful;
    const own = workerQueues['archive-recording'];
    const link = workerQueues['link-recording'].queue;
    new QueueWorker(this, 'ArchiveRecording', {
      ...this.common(),
      name: 'archive-recording',
      queues: own,
      environment: {
        LEDGER_TABLE: ledgerTableName,
        ARCHIVE_BUCKET: archiveBucketName,
        TWILIO_SECRET_ARN: twilioSecretArn,
        ACCOUNT_SID: this.stage.twilio.accountSid,
        PUBLIC_URL: this.ingress.publicUrl,
        LINK_RECORDING_QUEUE_URL: link.queueUrl,
        DEAD_LETTER_QUEUE_URL: own.deadLetterQueue.queueUrl,
        QUARANTINE_QUEUE_URL: quarantineQueue.queueUrl,
      } satisfies ArchiveRecordingEnv,
      permissions: [
        storeRecordings(this.stateful),
        seeWhatIsMissing(this.stateful),
        useLedger(this.stateful),
        useDataKey(this, this.stateful),
        readSecrets(twilioSecretArn),
        sendTo(link, own.deadLetterQueue, quarantineQueue),
      ],
      memorySizeMegabytes: 512,
      // Buffers of a stream die young: collected early, a copy of 460 MB stays some 40 MB above the idle function
      // (measured, bench/); with V8's default they wait for a larger nursery to fill, and it is twice that.
      nodeOptions: '--max-semi-space-size=1',
      // A recording that Twilio serves without its length is put down here first; four hours in stereo are 460 MB.
      ephemeralStorage: Size.gibibytes(2),
      batchSize: 1,
      maxConcurrency: this.stage.maxConcurrency['archive-recording'],
      oldestMessageAlarm: Duration.minutes(30),
      impact: {
        deadLetters: 'A recording could not be archived: it is at Twilio only, and its link does not play.',
        staleDeadLetters:
          'The message of a recording that was not archived is about to expire: after 14 days it is gone for good.',
        retrying:
          'Most copies are begun and given up: Twilio, S3 or the ledger is not there, and recordings stay at Twilio only.',
        age: 'Recordings wait to be archived: links that are already on tasks answer "come again later".',
        errors: 'The function that archives recordings fails as a whole: recordings stay at Twilio only.',
        throttles: 'The function that archives recordings is not started: recordings wait at Twilio.',
      },
    });
  }

  private addLinkRecording(): void {
    const { workerQueues, ledgerTableName, twilioSecretArn, linkKeysSecretArn } = this.stateful;
    const own = workerQueues['link-recording'];
    new QueueWorker(this, 'LinkRecording', {
      ...this.common(),
      name: 'link-recording',
      queues: own,
      environment: {
        LEDGER_TABLE: ledgerTableName,
        TWILIO_SECRET_ARN: twilioSecretArn,
        LINK_KEYS_SECRET_ARN: linkKeysSecretArn,
        ACCOUNT_SID: this.stage.twilio.accountSid,
        WORKSPACE_SID: this.stage.twilio.workspaceSid,
        LINK_BASE_URL: this.ingress.publicUrl,
        LINK_MODE: this.stage.linkMode,
        ON_EXISTING_LINK: this.stage.onExistingLink,
        DEAD_LETTER_QUEUE_URL: own.deadLetterQueue.queueUrl,
      } satisfies LinkRecordingEnv,
      permissions: [
        useLedger(this.stateful),
        useDataKey(this, this.stateful),
        readSecrets(twilioSecretArn, linkKeysSecretArn),
        sendTo(own.deadLetterQueue),
      ],
      memorySizeMegabytes: 512,
      batchSize: 10,
      maxConcurrency: this.stage.maxConcurrency['link-recording'],
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
  }

  private addLinkAlarm(): void {
    new RunbookAlarm(this, {
      alarming: this.alarming,
      name: 'links-too-late',
      impact:
        'Links were not on their tasks 120 s after the end: these conversations have no link in Flex Insights, for good. The recordings are safe.',
      metric: linksTooLate(this.stage.name),
      when: { above: 0 },
    });
  }

  private addPlayRecording(): void {
    const { ledgerTableName, archiveBucketName, linkKeysSecretArn } = this.stateful;
    const play = new BundledFunction(this, 'PlayRecording', {
      ...this.common(),
      name: 'play-recording',
      environment: {
        LEDGER_TABLE: ledgerTableName,
        ARCHIVE_BUCKET: archiveBucketName,
        LINK_KEYS_SECRET_ARN: linkKeysSecretArn,
      } satisfies PlayRecordingEnv,
      permissions: [
        readRecordings(this.stateful),
        seeWhatIsMissing(this.stateful),
        readRecordsAndWriteTimeline(this.stateful),
        useDataKey(this, this.stateful),
        readSecrets(linkKeysSecretArn),
      ],
      memorySizeMegabytes: 512,
      impact: {
        errors: 'Playback fails: supervisors who open a link in Flex Insights hear nothing. Nothing is lost.',
        throttles: 'Playback is refused at times: supervisors have to try again. Nothing is lost.',
      },
    });
    this.ingress.addFunctionRoutes({ 'play-recording': play.function });
  }

  private common() {
    return { alarming: this.alarming, logRetentionDays: this.stage.logRetentionDays };
  }

  private addOutputs(): void {
    new CfnOutput(this, 'PublicUrl', {
      description: 'The base of every URL that Twilio is given',
      value: this.ingress.publicUrl,
    });
    for (const route of eventRoutes) {
      new CfnOutput(this, `Url-${route.path.replaceAll('/', '-')}`, {
        value: `${this.ingress.publicUrl}/${route.path}`,
      });
    }
  }
}
