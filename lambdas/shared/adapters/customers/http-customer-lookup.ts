import { isObject } from '../../domain/task-attributes.ts';
import type { TaskCustomer } from '../../domain/task-shapes/canonical-task.ts';
import { jsonOf } from '../../messages/json-text.ts';
import type { CustomerLookup, LookedUpCustomer } from '../../ports/customer-lookup.ts';
import type { SecretSource } from '../../ports/secret-source.ts';
import { resolveBySystem } from '../http/checked-lookup.ts';
import type { Resolve } from '../http/checked-lookup.ts';
import { faultName } from '../http/fault-name.ts';
import { targetAddresses } from '../http/target-address.ts';
import type { AllowedAddresses } from '../http/target-address.ts';
import { answerCache } from './answer-cache.ts';
import { circuitBreaker } from './circuit-breaker.ts';
import { getText } from './get-text.ts';
import type { GotText } from './get-text.ts';
import { readUrlTemplate } from './url-template.ts';

/** So many customers are kept at a time: 16 MB, were all answers as long as they may be. */
const mostKept = 250;

export interface CustomerLookupSettings {
  /** `https://crm.example.com/customers?phone={phone}`; {phone}, {email} and {externalId} stand for the customer's. */
  readonly urlTemplate: string;
  /** Sent with every request. */
  readonly secret: SecretSource<{ readonly headers: Readonly<Record<string, string>> }>;
  /** For all of it: the secret, the name, connection, TLS, request, answer. */
  readonly timeoutMilliseconds: number;
  /** How long an answer, also that nobody knows the customer, is good for. 0: each is asked for anew. */
  readonly cacheSeconds: number;
  /** After so many failures in a row nobody is asked for `openSeconds`; then one is, and that decides. */
  readonly openAfterFailures: number;
  readonly openSeconds: number;
  readonly now: () => Date;
  readonly addresses: AllowedAddresses;
  /** @default the system's resolver */
  readonly resolve?: Resolve;
}

/**
 * Asks the team's own customer data by one GET: a JSON object, or the first of a JSON array, is the customer; 404, 204,
 * `null` and an empty array say that there is none. A customer whom the template asks for more than is known of is
 * unknown without a request.
 */
export function httpCustomerLookup(settings: CustomerLookupSettings): CustomerLookup {
  const { now, addresses, resolve = resolveBySystem } = settings;
  const template = readUrlTemplate(settings.urlTemplate);
  const targets = targetAddresses(addresses, resolve);
  const breaker = circuitBreaker(settings);
  const cache = answerCache<LookedUpCustomer>({ keptSeconds: settings.cacheSeconds, mostEntries: mostKept, now });

  const ask = async (url: URL): Promise<LookedUpCustomer> => {
    const limit = AbortSignal.timeout(settings.timeoutMilliseconds);
    const late = new Promise<LookedUpCustomer>((answer) => {
      const why = `no answer within ${settings.timeoutMilliseconds} ms`;
      limit.addEventListener('abort', () => answer(unavailable(why)), { once: true });
    });
    const asked = settings.secret.current().then(
      async (secret) => customerIn(await getText(url, { ...secret.reveal(), lookup: targets.lookup, signal: limit })),
      (cause: unknown) => unavailable(`its secret cannot be read: ${faultName(cause)}`),
    );
    return Promise.race([asked, late]);
  };

  return {
    async find(of: TaskCustomer) {
      if (template.kind === 'unusable') return unavailable(`the URL template is of no use: ${template.why}`);
      const url = template.urlOf(of);
      if (url === undefined) return { kind: 'unknown' };
      const fault = targets.faultOf(url);
      if (fault !== undefined) return unavailable(fault);
      const kept = cache.get(url.href);
      if (kept !== undefined) return kept;
      if (!breaker.mayTry()) return unavailable(`nobody is asked for ${settings.openSeconds} s after it failed`);
      const answer = await ask(url);
      if (answer.kind === 'unavailable') {
        breaker.failed();
        return answer;
      }
      breaker.succeeded();
      cache.put(url.href, answer);
      return answer;
    },
  };
}

function customerIn(got: GotText): LookedUpCustomer {
  if (got.kind === 'unanswered') return unavailable(got.why);
  if (got.status === 404 || got.status === 204) return { kind: 'unknown' };
  if (got.status < 200 || got.status > 299) return unavailable(`it answered ${got.status}`);
  const parsed = jsonOf(got.body);
  const found: unknown = Array.isArray(parsed) ? (parsed.length === 0 ? null : parsed[0]) : parsed;
  if (found === null) return { kind: 'unknown' };
  return isObject(found) ? { kind: 'found', customer: found } : unavailable('its answer is no JSON object');
}

function unavailable(why: string): LookedUpCustomer {
  return { kind: 'unavailable', why };
}
