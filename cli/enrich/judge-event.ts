import type { CapturedEvent, CapturedTask } from './captured-events.ts';
import type { ChosenEnrichment } from './chosen-enrichment.ts';
import { knownForRules } from './known-for-rules.ts';
import type { TypedKnown } from './known-file.ts';
import { ruleEvent } from '../../lambdas/shared/domain/enrichment/rule-event.ts';
import { openDeadlines } from '../../lambdas/shared/domain/enrichment/deadlines.ts';
import type { AskedFor, RuleEvent } from '../../lambdas/shared/domain/enrichment/rule-scope.ts';
import type { Finding } from '../../lambdas/shared/domain/insights/finding.ts';
import { lintTaskAttributes } from '../../lambdas/shared/domain/insights/lint-task-attributes.ts';
import { withoutSecrets } from '../../lambdas/shared/domain/secrets-in-attributes.ts';
import { attributesText, maxAttributesCharacters } from '../../lambdas/shared/domain/task-attributes.ts';
import type { ReadTask, ToE164 } from '../../lambdas/shared/domain/task-shapes/canonical-task.ts';
import type { Expressions } from '../../lambdas/shared/ports/expressions.ts';
import type { EnrichedAttributes } from '../../lambdas/shared/steps/enrich-attributes.ts';
import { enrichSettled } from '../../lambdas/shared/steps/enrich-settled.ts';
import { readForRules } from '../../lambdas/shared/steps/read-for-rules.ts';

export interface JudgeNeeds {
  readonly chosen: ChosenEnrichment;
  readonly known: TypedKnown;
  readonly expressions: Expressions;
  readonly toE164: ToE164;
  readonly now: () => Date;
}

/** What enrich-task would make of one event. Values are shown; what looks like a secret is in none of it. */
export interface JudgedEvent extends Omit<EnrichedAttributes, 'attributes'> {
  readonly kind: 'task';
  readonly event: RuleEvent;
  readonly assumed: readonly string[];
  readonly read: ReadTask;
  /** Where something looks like a secret: in the task's attributes, and in the worker's. */
  readonly secrets: readonly string[];
  /** What rules read and only others know. */
  readonly askedAtRunTime: readonly AskedFor[];
  /** Whom Insights would take a customer for whom nobody remembers; absent where the configuration has no identity. */
  readonly identityWhenNew?: string;
  /** Of the attributes as they would be. */
  readonly findings: readonly Finding[];
  /** Of the whole JSON text. */
  readonly characters: { readonly before: number; readonly after: number; readonly most: number };
  /** False where there is nothing to write, the mode only observes, or the text is no JSON as it stands. */
  readonly isWritten: boolean;
}

/** What is told of one captured event: it was judged, or why it was not. */
export type ToldEvent = JudgedEvent | Exclude<CapturedEvent, CapturedTask>;

/** Reads, judges and merges as enrich-task does, by the same steps. Nothing is written, and nobody is asked. */
export async function judgeEvent(has: JudgeNeeds, captured: CapturedTask): Promise<JudgedEvent> {
  const { chosen } = has;
  const { attributes, assumed, repairs } = captured;
  const event = ruleEvent(captured.event);
  const needs = { ...has, config: chosen.config, enrichmentMode: chosen.mode, hipaaMode: chosen.hipaaMode };
  const read = await readForRules(needs, attributes, event);
  const { known, workerSecrets, identityWhenNew } = await knownForRules(needs, captured, read);
  const deadlines = openDeadlines(event.type);
  const enriched = await enrichSettled(needs, { attributes, read, event, known, deadlines });
  const { attributes: after, ...judged } = enriched;
  return {
    ...judged,
    kind: 'task',
    changes: judged.changes.map(withoutSecretValues),
    event,
    assumed,
    read: { ...read, notes: [...repairs, ...read.notes] },
    secrets: [...read.secrets, ...workerSecrets.map((path) => `worker: ${path}`)],
    askedAtRunTime: [...new Set(judged.results.flatMap((result) => (result.kind === 'depends' ? result.on : [])))],
    ...(identityWhenNew !== undefined && { identityWhenNew }),
    findings: lintTaskAttributes(withoutSecrets(after).value, { hipaaMode: chosen.hipaaMode }),
    characters: {
      before: attributesText(attributes).length,
      after: attributesText(after).length,
      most: maxAttributesCharacters,
    },
    isWritten: judged.changes.length > 0 && chosen.mode !== 'observe' && repairs.length === 0,
  };
}

type Change = EnrichedAttributes['changes'][number];

/** Also what a rule would overwrite may be a secret. */
function withoutSecretValues({ path, before, after }: Change): Change {
  return { path, ...(before !== undefined && { before: shown(path, before) }), after: shown(path, after) };
}

function shown(path: string, value: unknown): unknown {
  const name = path.split('.').at(-1) ?? path;
  const { value: open } = withoutSecrets({ [name]: value });
  return name in open ? open[name] : '(looks like a secret)';
}
