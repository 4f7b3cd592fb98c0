import { isObject } from '../../../lambdas/shared/domain/task-attributes.ts';
import type { NameOfItem } from './json-differences.ts';

/*
 * A workflow's configuration goes through here three times: on its way to Twilio, where queues have SIDs; back from
 * Twilio into a file, where they have names; and into one spelling, in which two are compared.
 */

/** A step (target or default) as it shall be instead. */
type EditStep = (step: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;
type EditFilter = EditStep;

const same: EditFilter = (filter) => filter;

/** The configuration with its steps and filters edited; everything else stays as it is, in its place. */
function edited(configuration: unknown, editStep: EditStep, editFilter: EditFilter = same): unknown {
  if (!isObject(configuration) || !isObject(configuration['task_routing'])) return configuration;
  const routing = configuration['task_routing'];
  const step = (one: unknown): unknown => (isObject(one) ? editStep(one) : one);
  const filter = (one: unknown): unknown => {
    if (!isObject(one)) return one;
    const { targets } = one;
    return editFilter(Array.isArray(targets) ? { ...one, targets: targets.map(step) } : one);
  };
  const { filters, default_filter: last, ...others } = routing;
  return {
    ...configuration,
    task_routing: {
      ...others,
      ...(Array.isArray(filters) && { filters: filters.map(filter) }),
      ...(last !== undefined && last !== null && { default_filter: step(last) }),
    },
  };
}

const queueKeys = ['task_queue', 'queue', 'task_queue_sid'] as const;
const isSid = (text: string): boolean => /^WQ[0-9a-f]{32}$/.test(text);

function renamed(
  step: Readonly<Record<string, unknown>>,
  pair: (key: string, value: unknown) => readonly [string, unknown],
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(step).map(([key, value]) => pair(key, value)));
}

/** What is sent: `task_queue` becomes `task_queue_sid` and a name in `queue` the SID of it. */
export function toTwilioJson(configuration: unknown, sidOfQueue: (name: string) => string): unknown {
  return edited(configuration, (step) =>
    renamed(step, (key, value) => {
      if (key === 'task_queue' && typeof value === 'string') return ['task_queue_sid', sidOfQueue(value)];
      if (key === 'queue' && typeof value === 'string' && !isSid(value)) return [key, sidOfQueue(value)];
      return [key, value];
    }),
  );
}

/** What stands in a file; a queue that is not there any more keeps its SID. */
export function toNamedJson(configuration: unknown, nameOfQueue: (sid: string) => string | undefined): unknown {
  return edited(withoutNulls(configuration), (step) =>
    renamed(step, (key, value) => {
      const name = typeof value === 'string' ? nameOfQueue(value) : undefined;
      if (name === undefined) return [key, value];
      if (key === 'task_queue_sid') return ['task_queue', name];
      return [key, key === 'queue' ? name : value];
    }),
  );
}

/**
 * One spelling of what means the same, so that it can be compared: a queue by its name under `queue`, whichever of the
 * three keys it has; `priority` and `timeout` as numbers; a filter's name under `filter_friendly_name`. Twilio documents
 * `queue`, `filter_friendly_name` and texts for numbers
 * (https://www.twilio.com/docs/taskrouter/workflow-configuration, read 2026-11); its Java library reads and writes
 * numbers (https://github.com/twilio/twilio-java, WorkflowRuleTarget, read 2026-11); `task_queue_sid` is on its page on
 * TaskRouter.js (https://www.twilio.com/docs/taskrouter/js-sdk-v1/workspace, read 2026-11), and with `friendly_name` in
 * its old libraries' examples. UNCONFIRMED is whether TaskRouter goes by them, and gives them back as they were sent.
 */
export function canonicalJson(configuration: unknown, nameOfQueue: (sid: string) => string | undefined): unknown {
  const canonical = edited(
    withoutNulls(configuration),
    (step) =>
      renamed(step, (key, value) => {
        if (queueKeys.some((one) => one === key))
          return ['queue', typeof value === 'string' ? (nameOfQueue(value) ?? value) : value];
        return [key, ['priority', 'timeout'].includes(key) ? asNumber(value) : value];
      }),
    (filter) => renamed(filter, (key, value) => [key === 'friendly_name' ? filterName : key, value]),
  );
  return withoutEmptyFilters(canonical);
}

/** What is null in a step or a filter is as good as not there. */
function withoutNulls(configuration: unknown): unknown {
  const there: EditStep = (step) => Object.fromEntries(Object.entries(step).filter(([, value]) => value !== null));
  return edited(configuration, there, there);
}

/** No filters and an empty list of them are the same. */
function withoutEmptyFilters(configuration: unknown): unknown {
  if (!isObject(configuration) || !isObject(configuration['task_routing'])) return configuration;
  const { filters, ...others } = configuration['task_routing'];
  return Array.isArray(filters) && filters.length === 0 ? { ...configuration, task_routing: others } : configuration;
}

const filterName = 'filter_friendly_name';

const asNumber = (value: unknown): unknown =>
  typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;

/** What people call a filter of canonical JSON. */
export const nameOfFilter: NameOfItem = (item) => {
  const name = isObject(item) ? item[filterName] : undefined;
  return typeof name === 'string' && name !== '' ? name : undefined;
};
