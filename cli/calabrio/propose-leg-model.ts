import type { LegModel } from '../../lambdas/shared/domain/policy.ts';

/** What was seen of one call that is over. */
export interface ObservedCall {
  /** How many contacts Calabrio made of it, by their ids. */
  readonly contacts: number;
  /** The reservations that were accepted and not undone. */
  readonly acceptedReservations: number;
  /** The recordings with sound. */
  readonly recordings: number;
}

/** How many calls with several agents each model explains, of how many. */
export interface LegModelEvidence {
  readonly multiLegCalls: number;
  readonly explainedBy: Readonly<Record<LegModel, number>>;
}

export type Proposal = LegModelEvidence &
  ({ readonly kind: 'proposed'; readonly legModel: LegModel; readonly why: string } | NoProposal);

interface NoProposal {
  readonly kind: 'none';
  readonly why: string;
}

/** With fewer calls than these a proposal would be a guess. */
const fewestMultiLegCalls = 5;

/** Strictest first: it waits for the most confirmations. */
const models: readonly LegModel[] = ['per-reservation', 'per-recording', 'per-call'];

/**
 * Which leg model the calls speak for. Only a call with several agents says anything, and only one of which Calabrio
 * made contacts at all.
 *
 * A model that waits for less is proposed only when it explains every one of them: wrongly proposed, it would let a
 * source go too early. The strictest may leave calls unexplained where contacts never came: it then only waits in vain.
 */
export function proposeLegModel(calls: readonly ObservedCall[]): Proposal {
  const multi = calls.filter(({ acceptedReservations, contacts }) => acceptedReservations >= 2 && contacts >= 1);
  const explained = (model: LegModel): number =>
    multi.filter((call) => call.contacts === expectedOf(model, call)).length;
  const explainedBy = {
    'per-reservation': explained('per-reservation'),
    'per-recording': explained('per-recording'),
    'per-call': explained('per-call'),
  };
  const evidence = { multiLegCalls: multi.length, explainedBy };
  if (multi.length < fewestMultiLegCalls) {
    const why = `${multi.length} calls with several agents have ended a day ago or more, at least ${fewestMultiLegCalls} are wanted`;
    return { ...evidence, kind: 'none', why };
  }
  const whole = models.filter((model) => explainedBy[model] === multi.length);
  const [strictest] = whole;
  if (strictest !== undefined) return { ...evidence, kind: 'proposed', legModel: strictest, why: wholeWords(whole) };
  return { ...evidence, ...partly(multi, explainedBy) };
}

function expectedOf(model: LegModel, { acceptedReservations, recordings }: ObservedCall): number {
  switch (model) {
    case 'per-reservation':
      return acceptedReservations;
    case 'per-recording':
      return recordings;
    case 'per-call':
      return 1;
  }
}

function wholeWords(whole: readonly LegModel[]): string {
  return whole.length === 1
    ? 'it explains every one of these calls, and no other model does'
    : `${whole.join(' and ')} explain every one of these calls; the strictest of them is proposed`;
}

/** No model explains all: contacts that never came speak for the strictest, more contacts than agents for none. */
function partly(
  multi: readonly ObservedCall[],
  explainedBy: LegModelEvidence['explainedBy'],
): { readonly kind: 'proposed'; readonly legModel: LegModel; readonly why: string } | NoProposal {
  const rest = multi.length - explainedBy['per-reservation'];
  const hasTooMany = multi.some(({ contacts, acceptedReservations }) => contacts > acceptedReservations);
  if (hasTooMany || explainedBy['per-reservation'] * 2 <= multi.length)
    return { kind: 'none', why: 'no model explains these calls: keep per-reservation, and look at the statuses above' };
  const why = `it explains most of these calls; of ${rest} others some contacts never came, as calls with fewer contacts than agents show`;
  return { kind: 'proposed', legModel: 'per-reservation', why };
}
