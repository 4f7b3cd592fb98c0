import type { Outcome } from '../shared/domain/outcome.ts';

/** What one delivery knows already when it begins again because the record was changed under its hands. */
export interface Course {
  /** The API was asked in this delivery. */
  readonly isApiAsked: boolean;
  /** When this delivery took one of the hour's deletions. */
  readonly placeAt?: Date;
}

/** How a round ended; `again`: read the record afresh and plan on that. */
export type Step = Outcome | { readonly kind: 'again'; readonly learnt: Partial<Course> };

export function again(learnt: Partial<Course> = {}): Step {
  return { kind: 'again', learnt };
}
