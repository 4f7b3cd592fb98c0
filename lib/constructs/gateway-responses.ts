import { Duration } from 'aws-cdk-lib';
import { ResponseType } from 'aws-cdk-lib/aws-apigateway';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern } from 'aws-cdk-lib/aws-logs';
import type { IFilterPattern, LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { constructId, metricsNamespace } from '../naming.ts';
import type { Stage } from '../stage-settings.ts';
import { callerProblems, problemTemplate } from './gateway-problems.ts';
import { RunbookAlarm } from './runbook-alarm.ts';
import type { Alarming } from './runbook-alarm.ts';

interface GatewayResponsesProps {
  readonly api: RestApi;
  readonly accessLog: LogGroup;
  readonly alarming: Alarming;
  readonly stage: Stage;
}

/**
 * What the gateway would refuse with a 4xx by itself, before the mapping template is reached. Each is answered with 503
 * instead, so that Event Streams tries again for four hours, and each has its alarm, because it needs a person.
 */
const refusals = [
  {
    name: 'gateway-unsupported-media-type',
    type: ResponseType.UNSUPPORTED_MEDIA_TYPE,
    impact:
      'Events come with a content type that has no mapping template and are refused; they are lost when Twilio stops trying.',
  },
  {
    name: 'gateway-request-too-large',
    type: ResponseType.REQUEST_TOO_LARGE,
    impact: 'Requests of more than 10 MB are refused; if they are events, they are lost when Twilio stops trying.',
  },
  {
    name: 'gateway-bad-request-body',
    type: ResponseType.BAD_REQUEST_BODY,
    impact:
      'Requests are refused because the gateway finds fault with the body; if they are events, they are lost when Twilio stops trying.',
  },
  {
    name: 'gateway-bad-request-parameters',
    type: ResponseType.BAD_REQUEST_PARAMETERS,
    impact:
      'Requests are refused because the gateway finds fault with their parameters; if they are events, they are lost when Twilio stops trying.',
  },
] as const;

/** As play-recording answers: the address of the request may be a playback link, and no cache or next page may have it. */
const neverKept = { 'Cache-Control': "'no-store'", 'Referrer-Policy': "'no-referrer'" } as const;

const bodies = {
  '404': JSON.stringify({ message: 'there is no such route' }),
  '503': JSON.stringify({ message: 'not accepted, please send it again' }),
} as const;

/**
 * The answers that the gateway gives by itself, and the alarms on them.
 *
 * The alarms count lines of the access log, not the gateway's 4XXError and 5XXError: those are per method and do not say
 * why, and whether a refusal that was turned into 503 counts as 4XX or 5XX is not documented.
 */
export class GatewayResponses extends Construct {
  private readonly props: GatewayResponsesProps;

  constructor(scope: Construct, id: string, props: GatewayResponsesProps) {
    super(scope, id);
    this.props = props;
    for (const refusal of refusals) {
      this.respond(refusal.type, '503');
      this.alarm(refusal.name, refusal.impact, responseTypeIs(refusal.type));
    }
    // A source-IP policy refuses like this. Twilio tries again while somebody adds the new network.
    if (props.stage.sourceIpPolicy !== 'off') this.respond(ResponseType.ACCESS_DENIED, '503');
    if (props.stage.outboundSms !== undefined) this.respondToCallers();
    // Whatever else it answers by itself (429, 504) keeps its status.
    this.respond(ResponseType.DEFAULT_4XX);
    this.respond(ResponseType.DEFAULT_5XX);
    // For a path that does not exist; the gateway's own answer is a 403 about tokens, which sends people the wrong way.
    this.respond(ResponseType.MISSING_AUTHENTICATION_TOKEN, '404');

    this.alarm(
      'gateway-throttled',
      'More requests come than a method takes, and the rest is answered with 429: Event Streams tries again, callbacks may not.',
      // A caller that asks for too many messages is told so by the 429, and is nobody of ours.
      FilterPattern.literal(
        `{ ($.responseType = "${ResponseType.THROTTLED.responseType}") && ($.resourcePath != "/messages/*") }`,
      ),
    );
    this.alarm(
      'gateway-events-not-accepted',
      'Events are answered with 5xx, because SQS does not take them; they are lost when their sender stops trying.',
      FilterPattern.literal(
        '{ (($.resourcePath = "/twilio/*") || ($.resourcePath = "/calabrio/*")) && ($.status = "5*") }',
      ),
    );
  }

  private respond(type: ResponseType, statusCode?: '404' | '503'): void {
    this.props.api.addGatewayResponse(responseId(type), {
      type,
      responseHeaders: neverKept,
      ...(statusCode !== undefined && { statusCode, templates: { 'application/json': bodies[statusCode] } }),
    });
  }

  /** What a caller of the stage's is told by the gateway itself, and the alarm for when that is our fault. */
  private respondToCallers(): void {
    for (const problem of callerProblems) {
      // What the source-IP policy refuses may be an event, and an event must not see a 403.
      if (problem.type === ResponseType.ACCESS_DENIED && this.props.stage.sourceIpPolicy !== 'off') continue;
      this.props.api.addGatewayResponse(responseId(problem.type), {
        type: problem.type,
        statusCode: problem.status,
        responseHeaders: { ...neverKept, 'Content-Type': "'application/problem+json'", ...problem.headers },
        templates: { 'application/json': problemTemplate(problem) },
      });
    }
    this.alarm(
      'gateway-messages-unavailable',
      'Requests for messages to customers fail on our side: agents cannot write first.',
      FilterPattern.literal(
        `{ (($.resourcePath = "/messages/*") && ($.status = "5*")) || ($.responseType = "AUTHORIZER_*") || ($.responseType = "${ResponseType.INVALID_API_KEY.responseType}") }`,
      ),
    );
  }

  private alarm(name: string, impact: string, filterPattern: IFilterPattern): void {
    const filter = this.props.accessLog.addMetricFilter(constructId(name), {
      filterPattern,
      metricNamespace: metricsNamespace(this.props.stage.name),
      metricName: name,
      metricValue: '1',
    });
    new RunbookAlarm(this, {
      alarming: this.props.alarming,
      name,
      impact,
      metric: filter.metric({ statistic: Stats.SUM, period: Duration.minutes(1) }),
      when: { above: 0 },
    });
  }
}

function responseId(type: ResponseType): string {
  return `${constructId(type.responseType.toLowerCase().replaceAll('_', '-'))}Response`;
}

function responseTypeIs(type: ResponseType): IFilterPattern {
  return FilterPattern.literal(`{ $.responseType = "${type.responseType}" }`);
}
