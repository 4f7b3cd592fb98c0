import { Duration } from 'aws-cdk-lib';
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

interface RunbookAlarmProps {
  readonly alarming: Alarming;
  /** The heading in the runbook; the alarm's own name has the service and the stage before it. */
  readonly name: string;
  /** Who is hurt and how, in one sentence: what whoever is woken by it reads first. */
  readonly impact: string;
  readonly metric: IMetric;
  /** The alarm goes off when the metric is greater than this. */
  readonly above: number;
  /** The alarm goes off when the metric is below this instead. */
  readonly whenBelow?: boolean;
  /** How many periods of the metric in a row. @default 1 */
  readonly periods?: number;
  /** @default true - no figures mean that nothing happened */
  readonly quietWithoutFigures?: boolean;
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
      threshold: props.above,
      comparisonOperator:
        props.whenBelow === true ? ComparisonOperator.LESS_THAN_THRESHOLD : ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: props.periods ?? 1,
      treatMissingData:
        props.quietWithoutFigures === false ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    if (alarming.topicArn !== undefined) {
      alarm.addAlarmAction(new SnsAction(Topic.fromTopicArn(this, 'Topic', alarming.topicArn)));
      alarm.addOkAction(new SnsAction(Topic.fromTopicArn(this, 'OkTopic', alarming.topicArn)));
    }
  }
}

/** The period of every metric that an alarm looks at, unless it says otherwise. */
export const alarmPeriod = Duration.minutes(1);
