import { deadlineOf, openDeadlines } from '../domain/enrichment/deadlines.ts';
import type { EnrichmentConfig, Rule } from '../domain/enrichment/enrichment-config.ts';
import { isCountryCode } from '../domain/enrichment/iso-countries.ts';
import { whyNotWritten } from '../domain/enrichment/writable-paths.ts';
import { statesWithReason } from '../domain/worker/worker-state.ts';
import type { ConfigFault } from './config-faults.ts';
import { isTimeZone } from './time-zone.ts';

/** What is wrong beyond the shape of the file. */
export function configFaults(config: EnrichmentConfig): readonly ConfigFault[] {
  return [
    ...(isCountryCode(config.defaultCountry)
      ? []
      : [
          {
            path: 'defaultCountry',
            value: config.defaultCountry,
            message:
              'a country of ISO 3166-1 alpha-2, such as "US" or "GB"; use the code of the country whose numbers lack one',
          },
        ]),
    ...ruleFaults(config.rules, 'rules', 'task'),
    ...ruleFaults(config.workerRules, 'workerRules', 'worker'),
    ...businessHourFaults(config.businessHours),
    ...identityFaults(config.identity),
    ...agentStateFaults(config.agentStates),
  ];
}

function ruleFaults(rules: readonly Rule[], list: string, of: 'task' | 'worker'): readonly ConfigFault[] {
  return rules.flatMap((rule, place) => {
    const at = (key: string) => `${list}[${place}].${key}`;
    const earlier = rules.slice(0, place);
    const path = whyNotWritten(rule.write, of);
    return [
      ...(earlier.some(({ name }) => name === rule.name)
        ? [{ path: at('name'), value: rule.name, message: 'a name that no other rule has; rename one of the two' }]
        : []),
      ...(path === undefined ? [] : [{ path: at('write'), value: rule.write, message: path }]),
      ...overlapFaults(rule, earlier, at('write')),
      ...(rule.isId === true && !labelPath.test(rule.write)
        ? [
            {
              path: at('isId'),
              value: true,
              message:
                'only with a label (conversations.conversation_label_1 to _10, customers.customer_label_1 to _3, ' +
                'agent_label_1 to _3): Insights counts every value of anything else; write it to a label or take isId away',
            },
          ]
        : []),
      ...onFaults(rule, of, at('on')),
    ];
  });
}

const labelPath =
  /^(?:conversations\.conversation_label_(?:[1-9]|10)|customers\.customer_label_[1-3]|agent_label_[1-3])$/;

function overlapFaults(rule: Rule, earlier: readonly Rule[], path: string): readonly ConfigFault[] {
  return earlier.flatMap((other) => {
    const isSame = other.write === rule.write;
    const isInside = rule.write.startsWith(`${other.write}.`) || other.write.startsWith(`${rule.write}.`);
    if (isInside)
      return [
        {
          path,
          value: rule.write,
          message: `no place inside what "${other.name}" writes (${other.write}); write one of the two`,
        },
      ];
    if (isSame && (rule.when === undefined || other.when === undefined))
      return [
        {
          path,
          value: rule.write,
          message: `a path that "${other.name}" writes too only if both have a when; give both one, or use another path`,
        },
      ];
    return [];
  });
}

function onFaults({ on, write }: Rule, of: 'task' | 'worker', path: string): readonly ConfigFault[] {
  if (on === undefined) return [];
  if (of === 'worker')
    return [{ path, value: on, message: 'nothing: rules of workers are for whenever a worker changes; take it away' }];
  const deadline = deadlineOf(write);
  return on
    .filter((eventType) => !openDeadlines(eventType).includes(deadline))
    .map((eventType) => ({
      path,
      value: eventType,
      message:
        deadline === 'identity'
          ? `task.created alone, because Insights reads ${write} when the first segment ends; take the event away`
          : 'events before the reservation is completed, because Insights has read the attributes then; take the event away',
    }));
}

function businessHourFaults(hours: EnrichmentConfig['businessHours']): readonly ConfigFault[] {
  if (hours === undefined) return [];
  const spans = Object.entries(hours.weekly).flatMap(([day, of]) =>
    of.map((span, place) => ({ span, path: `businessHours.weekly.${day}[${place}]` })),
  );
  return [
    ...(isTimeZone(hours.timeZone)
      ? []
      : [
          {
            path: 'businessHours.timeZone',
            value: hours.timeZone,
            message: 'a zone of the IANA database, such as "America/Denver"; look it up there',
          },
        ]),
    ...spans
      .filter(({ span: [from, to] }) => from === to || from === '24:00')
      .map(({ span, path }) => ({
        path,
        value: span,
        message: 'a span that begins before "24:00" and ends at another time; a whole day is ["00:00","24:00"]',
      })),
    ...hours.holidays.flatMap((day, place) =>
      isRealDay(day)
        ? []
        : [{ path: `businessHours.holidays[${place}]`, value: day, message: 'a day of the calendar; correct it' }],
    ),
  ];
}

function isRealDay(day: string): boolean {
  const midnight = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day);
}

function identityFaults(identity: EnrichmentConfig['identity']): readonly ConfigFault[] {
  if (identity === undefined) return [];
  const { order, externalId } = identity;
  const twice = order.filter((kind, place) => order.indexOf(kind) !== place);
  return [
    ...twice.map((kind) => ({ path: 'identity.order', value: kind, message: 'each kind once; take the second away' })),
    ...(externalId !== undefined && !order.includes('external_id')
      ? [
          {
            path: 'identity.externalId',
            value: externalId,
            message: 'an expression only where identity.order has external_id; add it there or take this away',
          },
        ]
      : []),
  ];
}

function agentStateFaults(states: EnrichmentConfig['agentStates']): readonly ConfigFault[] {
  return Object.entries(states).flatMap(([activity, { state, isReasonSent }]) =>
    isReasonSent === true && !statesWithReason.includes(state)
      ? [
          {
            path: `agentStates[${JSON.stringify(activity)}].isReasonSent`,
            value: true,
            message: `a reason only with ${statesWithReason.join(', ')}, and this is ${state}; take it away`,
          },
        ]
      : [],
  );
}
