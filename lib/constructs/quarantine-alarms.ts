import { Duration } from 'aws-cdk-lib';
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { Stage } from '../stage-settings.ts';
import type { StatefulReferences } from '../stateful-references.ts';
import { eventRoutesOf } from './gateway-routes.ts';
import { sentMessages } from './queue-metrics.ts';
import { staleAlarm } from './queue-worker.ts';
import { RunbookAlarm } from './runbook-alarm.ts';
import type { Alarming } from './runbook-alarm.ts';

interface QuarantineAlarmsProps {
  readonly stage: Stage;
  readonly stateful: StatefulReferences;
  readonly alarming: Alarming;
}

/** The share of events, in percent, from which on a wrong token is likelier than a stranger at the door. */
const SHARE_PERCENT = 5;

/** In a quiet hour one forged request is all there is; fewer than these wake nobody, whatever their share. */
const FEWEST = 3;

/**
 * Watches what could not be proved to come from Twilio, or from Calabrio. Single forgeries wake nobody; a share of all events does, because
 * then it is likely that a token was rotated or the public URL is wrong and the events are genuine.
 */
export class QuarantineAlarms extends Construct {
  constructor(scope: Construct, id: string, props: QuarantineAlarmsProps) {
    super(scope, id);
    const { stateful, alarming } = props;
    const period = Duration.minutes(5);
    const queues = [...new Set(eventRoutesOf(props.stage).map((route) => stateful.workerQueues[route.queue].queue))];
    const received = Object.fromEntries(
      queues.map((queue, index) => [`received${index}`, sentMessages(queue, period)]),
    );
    new RunbookAlarm(this, {
      alarming,
      name: 'quarantine-share',
      impact:
        'Many events are not proved to come from their senders and wait in quarantine: probably a rotated token or a wrong URL, and then tasks and recordings are not worked on.',
      metric: new MathExpression({
        expression: `IF(quarantined >= ${FEWEST}, 100 * quarantined / (${Object.keys(received).join(' + ')}), 0)`,
        usingMetrics: { quarantined: sentMessages(stateful.quarantineQueue, period), ...received },
        label: 'events in quarantine, percent',
        period,
      }),
      when: { above: SHARE_PERCENT },
    });
    staleAlarm(
      this,
      alarming,
      'quarantine-stale',
      'An event in quarantine is about to expire: after 14 days it can no longer be proved and worked on.',
      stateful.quarantineQueue,
    );
  }
}
