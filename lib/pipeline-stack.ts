import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { eventRoutesOf } from './constructs/gateway-routes.ts';
import { Ingress } from './constructs/ingress.ts';
import { QuarantineAlarms } from './constructs/quarantine-alarms.ts';
import { Reconcile } from './constructs/reconcile.ts';
import { AuthorizeCaller } from './functions/authorize-caller.ts';
import { ArchiveRecording } from './functions/archive-recording.ts';
import { ArchiveTranscript } from './functions/archive-transcript.ts';
import { CalabrioStatus } from './functions/calabrio-status.ts';
import { CreateReviewTask } from './functions/create-review-task.ts';
import { DeleteSource } from './functions/delete-source.ts';
import { EnrichTask } from './functions/enrich-task.ts';
import { EraseSubject } from './functions/erase-subject.ts';
import { LinkRecording } from './functions/link-recording.ts';
import type { PipelineParts } from './functions/pipeline-parts.ts';
import { PlayRecording } from './functions/play-recording.ts';
import { ReportStatus } from './functions/report-status.ts';
import { SendSms } from './functions/send-sms.ts';
import { parameterPath } from './parameters.ts';
import { stagePolicyText } from './policy.ts';
import type { Stage } from './stage-settings.ts';
import { statefulReferences } from './stateful-references.ts';

interface PipelineStackProps extends StackProps {
  readonly stage: Stage;
}

/** Where the runbook is read; its headings are the alarms' names. */
const RUNBOOK = 'docs/runbook.md';

/** Everything that can be made again any day: the gateway, the functions, the schedule, the alarms. */
export class PipelineStack extends Stack {
  constructor(scope: Construct, id: string, props: PipelineStackProps) {
    // Deleted with its mapping, the domain answers 403, and Event Streams drops events for ever on that (docs/adr/010).
    super(scope, id, { ...props, terminationProtection: props.stage.production });
    const { stage } = props;
    const stateful = statefulReferences(this, stage.name);
    const alarming = { stageName: stage.name, runbook: RUNBOOK, topicArn: stage.alarmTopicArn };
    const ingress = new Ingress(this, 'Ingress', { stage, alarming, queues: stateful.workerQueues });
    const parts: PipelineParts = { stage, stateful, alarming, publicUrl: ingress.publicUrl };
    new EnrichTask(this, parts);
    new ArchiveRecording(this, parts);
    new LinkRecording(this, parts);
    new ArchiveTranscript(this, parts);
    // Without a tenant nobody sends what it reads; its queue is there all the same and stays empty.
    if (stage.calabrio !== undefined) new CalabrioStatus(this, parts);
    new DeleteSource(this, parts);
    new EraseSubject(this, parts);
    new ReportStatus(this, parts);
    if (stage.reviewTasks !== undefined) new CreateReviewTask(this, parts, stage.reviewTasks);
    ingress.addFunctionRoutes({
      'play-recording': new PlayRecording(this, parts).function,
      ...(stage.outboundSms !== undefined && {
        'send-sms': new SendSms(this, parts, stage.outboundSms).function,
        'authorize-caller': new AuthorizeCaller(this, parts, stage.outboundSms).function,
      }),
    });
    new Reconcile(this, 'Reconcile', { stage, alarming, stateful });
    new QuarantineAlarms(this, 'Quarantine', { stage, alarming, stateful });
    this.publishForTools(parts);
    this.addOutputs(parts);
  }

  /** For `npm run cli`: by the policy it explains why a source stays, by the URL it fills in Calabrio's page. */
  private publishForTools({ stage, publicUrl }: PipelineParts): void {
    new StringParameter(this, 'PolicyParameter', {
      parameterName: parameterPath(stage.name, 'policy'),
      stringValue: stagePolicyText(stage),
    });
    new StringParameter(this, 'PublicUrlParameter', {
      parameterName: parameterPath(stage.name, 'public-url'),
      stringValue: publicUrl,
    });
  }

  private addOutputs({ publicUrl, stage }: PipelineParts): void {
    new CfnOutput(this, 'PublicUrl', { description: 'The base of every URL that senders are given', value: publicUrl });
    for (const { path, route } of eventRoutesOf(stage)) {
      new CfnOutput(this, `Url-${route.replaceAll('/', '-')}`, { value: `${publicUrl}/${path}` });
    }
  }
}
