import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import type { Clock } from '../../clock.ts';
import type { Place } from '../cloud-options.ts';
import { functionByArn, type HostedFunction } from '../functions/host-functions.ts';
import type { Caller } from '../iam/invoke-permissions.ts';
import { parseJson } from '../template/json.ts';
import type { Resource } from '../template/resolved-template.ts';
import { TemplateError } from '../template/template-error.ts';
import { typedProperties, unused } from '../template/typed-properties.ts';

const ruleSchema = z.strictObject({
  Name: z.optional(z.string()),
  ScheduleExpression: z.string('only rules with a schedule are known here'),
  State: z._default(z.enum(['ENABLED', 'DISABLED']), 'ENABLED'),
  Targets: z.array(
    z.strictObject({
      Arn: z.string(),
      Id: z.string(),
      Input: z.optional(z.string()),
      RetryPolicy: unused,
      DeadLetterConfig: unused,
    }),
  ),
  Description: unused,
  Tags: unused,
});

interface Schedule {
  readonly ruleArn: string;
  /** The first time after that one. */
  readonly after: (epochMs: number) => number;
  readonly targets: readonly { readonly functionArn: string; readonly input: string | undefined }[];
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const unitMs: Readonly<Record<string, number>> = { minute: minuteMs, hour: hourMs, day: dayMs };

/** @throws {TemplateError} for an expression that is neither a rate nor a time of every day. */
function schedulesOf(resource: Resource): readonly Schedule[] {
  const rule = typedProperties(resource, ruleSchema);
  if (rule.State === 'DISABLED') return [];
  const after = rateOf(rule.ScheduleExpression) ?? dailyTimeOf(rule.ScheduleExpression);
  if (after === undefined)
    throw new TemplateError(
      resource.where,
      `the schedule ${rule.ScheduleExpression} is not known here: wanted rate(n minutes|hours|days) or cron(minute hour * * ? *)`,
    );
  const targets = rule.Targets.map((target) => ({ functionArn: target.Arn, input: target.Input }));
  return [{ ruleArn: resource.attribute('Arn'), after, targets }];
}

function rateOf(expression: string): Schedule['after'] | undefined {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const everyMs = Number(count) * (unitMs[unit ?? ''] ?? NaN);
  return everyMs > 0 ? (epochMs) => epochMs + everyMs : undefined;
}

/** Rules have their times in UTC. (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html, read 2026-11) */
function dailyTimeOf(expression: string): Schedule['after'] | undefined {
  const [, minute, hour] = /^cron\((\d{1,2}) (\d{1,2}) \* \* \? \*\)$/.exec(expression) ?? [];
  const timeOfDayMs = Number(hour) * hourMs + Number(minute) * minuteMs;
  if (!(Number(minute) < 60 && timeOfDayMs < dayMs)) return undefined;
  return (epochMs) => {
    const today = Math.floor(epochMs / dayMs) * dayMs + timeOfDayMs;
    return today > epochMs ? today : today + dayMs;
  };
}

/** The schedules of a run; they can be held, because a clock that jumps over idle time would else never come to rest. */
export interface Schedules {
  /** Begins afresh: the first tick of a rate is one period from now. A second call changes nothing. */
  start(): void;
  /** No tick until `start`. */
  stop(): void;
}

/** Fires each schedule by the run's clock; a jump over several ticks makes them all, in order. */
function schedules(
  all: readonly Schedule[],
  clock: Clock,
  place: Place,
  fire: (functionArn: string, event: unknown) => void,
): Schedules {
  let callOffs: (() => void)[] = [];
  let running = false;

  const plan = (schedule: Schedule, index: number, epochMs: number): void => {
    callOffs[index] = clock.at(epochMs, () => {
      for (const { functionArn, input } of schedule.targets)
        fire(
          functionArn,
          input === undefined ? tick(schedule, epochMs, place) : parseJson(input, `the input of ${schedule.ruleArn}`),
        );
      if (running) plan(schedule, index, schedule.after(epochMs));
    });
  };

  return {
    start() {
      if (running) return;
      running = true;
      all.forEach((schedule, index) => plan(schedule, index, schedule.after(clock.now())));
    },
    stop() {
      running = false;
      for (const callOff of callOffs) callOff();
      callOffs = [];
    },
  };
}

interface SchedulingParts {
  readonly clock: Clock;
  readonly place: Place;
  readonly functions: readonly HostedFunction[];
  readonly mayInvoke: (caller: Caller) => void;
}

/**
 * The schedules of all rules, not started yet.
 *
 * @throws {TemplateError} for a rule whose target is not in the assembly, or does not let EventBridge run it.
 */
export function scheduleAll(
  rules: readonly Resource[],
  { clock, place, functions, mayInvoke }: SchedulingParts,
): Schedules {
  const all = rules.flatMap(schedulesOf);
  for (const { ruleArn: sourceArn, targets } of all)
    for (const { functionArn } of targets) {
      functionByArn(functions, functionArn);
      mayInvoke({ service: 'events.amazonaws.com', sourceArn, functionArn, where: sourceArn });
    }
  return schedules(all, clock, place, (functionArn, event) => {
    // A failed tick is in the function's log and counted; the next tick tries again.
    void functionByArn(functions, functionArn)
      .pool.invoke(event)
      .catch(() => undefined);
  });
}

function tick(schedule: Schedule, epochMs: number, place: Place) {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: place.accountId,
    time: new Date(epochMs).toISOString().replace(/\.\d+Z$/, 'Z'),
    region: place.region,
    resources: [schedule.ruleArn],
    detail: {},
  };
}
