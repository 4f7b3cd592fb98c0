import type { Clock } from '../../clock.ts';
import type { Random } from '../seeded-random.ts';
import type { Faults, RequestMatch, TwilioFault } from '../simulator.ts';

export interface RestFaults extends Faults {
  /** The fault for this request, used up where it was for a number of requests; undefined for most. */
  take(method: string, path: string): TwilioFault | undefined;
}

interface Rule {
  readonly match: RequestMatch;
  readonly fault: TwilioFault;
  /** Asked only for requests that match; may count itself down. */
  readonly applies: () => boolean;
}

export function restFaults(clock: Clock, random: Random): RestFaults {
  const rules: Rule[] = [];
  const add = (rule: Rule): (() => void) => {
    rules.push(rule);
    return () => {
      const place = rules.indexOf(rule);
      if (place !== -1) rules.splice(place, 1);
    };
  };

  return {
    next(times, match, fault) {
      let left = times;
      return add({ match, fault, applies: () => left-- > 0 });
    },
    during(ms, match, fault) {
      const untilMs = clock.now() + ms;
      return add({ match, fault, applies: () => clock.now() < untilMs });
    },
    atRandom: (probability, match, fault) => add({ match, fault, applies: () => random() < probability }),
    clear: () => void (rules.length = 0),
    take: (method, path) => rules.find((rule) => matches(rule.match, method, path) && rule.applies())?.fault,
  };
}

const matches = (match: RequestMatch, method: string, path: string): boolean =>
  (match.method === undefined || match.method === method) && (match.path === undefined || match.path.test(path));
