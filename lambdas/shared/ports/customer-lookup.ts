import type { TaskCustomer } from '../domain/task-shapes/canonical-task.ts';

export type LookedUpCustomer =
  | { readonly kind: 'found'; readonly customer: Readonly<Record<string, unknown>> }
  | { readonly kind: 'unknown' }
  /** In words of ours; no datum of the customer's. */
  | { readonly kind: 'unavailable'; readonly why: string };

/**
 * The team's own customer data, over HTTP. Every outcome is an answer; nothing is thrown, and an answer comes within the
 * configured timeout: a lookup that is down costs its own attributes and nothing else.
 */
export interface CustomerLookup {
  find(of: TaskCustomer): Promise<LookedUpCustomer>;
}
