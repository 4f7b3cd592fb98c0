import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { constructId, visibleName } from '../naming.ts';

/** Where alarms go and where people read on. */
export interface Alarming {
  readonly stageName: string;
  /** The document whose headings are the alarms' names. */
  readonly runbook: string;
  /** @default - the alarm tells nobody; it is seen in the console */
  readonly topicArn?: string | undefined;
}

export interface RunbookAlarmProps {
  readonly alarming: Alarming;
  /** The heading in the runbook; the alarm's own name has the service and the stage before it. */
  readonly name: string;
  /** Who is hurt and how, in one sentence: what whoever is woken by it reads first. */
  readonly impact: string;
  readonly metric: IMetric;
  /** `above`: when the metric is greater. `below`: when it is smaller, or has no figures at all. */
  readonly when: { readonly above: number } | { readonly below: number };
  /** How many periods of the metric in a row. @default 1 */
  readonly periods?: number;
}

/** An alarm that says who is hurt and where to read on; it cannot be made without. */
export class RunbookAlarm extends Construct {
  constructor(scope: Construct, props: RunbookAlarmProps) {
    super(scope, `${constructId(props.name)}Alarm`);
    const { alarming } = props;
    const alarm = new Alarm(this, 'Alarm', {
      alarmName: visibleName(alarming.stageName, props.name),
      alarmDescription: `${props.impact} Runbook: ${alarming.runbook}#${props.name}`,
      metric: props.metric,
      ...comparison(props.when),
      evaluationPeriods: props.periods ?? 1,
    });
    if (alarming.topicArn !== undefined) {
      alarm.addAlarmAction(new SnsAction(Topic.fromTopicArn(this, 'Topic', alarming.topicArn)));
      alarm.addOkAction(new SnsAction(Topic.fromTopicArn(this, 'OkTopic', alarming.topicArn)));
    }
  }
}

function comparison(when: RunbookAlarmProps['when']) {
  if ('above' in when) {
    return {
      threshold: when.above,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    };
  }
  return {
    threshold: when.below,
    comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
    treatMissingData: TreatMissingData.BREACHING,
  };
}
