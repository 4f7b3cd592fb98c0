import type { TaskCustomer } from '../../../lambdas/shared/domain/task-shapes/canonical-task.ts';
import type { CustomerLookup } from '../../../lambdas/shared/ports/customer-lookup.ts';
import { frozen } from './frozen.ts';

export interface InMemoryCustomerLookup extends CustomerLookup {
  /** The customer who has this phone number from now on. */
  put(phone: string, customer: Readonly<Record<string, unknown>>): void;
  /** From now on every answer is `unavailable`, until `comeBack`. */
  goAway(why: string): void;
  comeBack(): void;
  /** Who was asked for, in order. */
  readonly asked: readonly TaskCustomer[];
}

/** A customer data base that knows customers by their phone numbers. */
export function inMemoryCustomerLookup(): InMemoryCustomerLookup {
  const customers = new Map<string, Readonly<Record<string, unknown>>>();
  const asked: TaskCustomer[] = [];
  let awayBecause: string | undefined;
  return {
    asked,
    put: (phone, customer) => void customers.set(phone, frozen(customer)),
    goAway: (why) => void (awayBecause = why),
    comeBack: () => void (awayBecause = undefined),
    async find(of) {
      asked.push(of);
      if (awayBecause !== undefined) return { kind: 'unavailable', why: awayBecause };
      const customer = of.phone === undefined ? undefined : customers.get(of.phone);
      return customer === undefined ? { kind: 'unknown' } : { kind: 'found', customer };
    },
  };
}
