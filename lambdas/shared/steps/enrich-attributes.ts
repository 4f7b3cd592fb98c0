import type { DeadlineClass } from '../domain/enrichment/deadlines.ts';
import type { EnrichmentConfig, EnrichmentMode } from '../domain/enrichment/enrichment-config.ts';
import { mergeAttributes, wantedBy } from '../domain/enrichment/merge-attributes.ts';
import type { AttributeChange, MergedAttributes, WantedValue } from '../domain/enrichment/merge-attributes.ts';
import type { AskedFor, RuleEvent, RuleScope } from '../domain/enrichment/rule-scope.ts';
import { withRd } from '../domain/enrichment/with-rd.ts';
import { isOpenAt } from '../domain/enrichment/business-hours.ts';
import { fitValue } from '../domain/insights/fit-value.ts';
import { attributesText, maxAttributesCharacters } from '../domain/task-attributes.ts';
import type { TaskAttributes } from '../domain/task-attributes.ts';
import type { ReadTask } from '../domain/task-shapes/canonical-task.ts';
import { isInContactWindow } from '../domain/task-shapes/contact-window.ts';
import { withoutSecrets } from '../domain/secrets-in-attributes.ts';
import type { Expressions } from '../ports/expressions.ts';
import { evaluateRules } from './evaluate-rules.ts';
import type { RuleResult } from './evaluate-rules.ts';

export interface EnrichmentNeeds {
  readonly config: EnrichmentConfig;
  readonly expressions: Expressions;
  readonly enrichmentMode: EnrichmentMode;
  readonly hipaaMode: boolean;
}

/** What others were asked for a task's rules, and what nobody has asked yet. */
export interface KnownForRules extends Pick<RuleScope, 'worker' | 'ending' | 'customer'> {
  readonly conversationId?: string;
  readonly identity?: string;
  readonly unknown: ReadonlySet<AskedFor>;
}

export interface EnrichedAttributes {
  readonly results: readonly RuleResult[];
  /** With every change that may still be made; equal to what came in where there is none. */
  readonly attributes: TaskAttributes;
  readonly changes: readonly AttributeChange[];
  /** Wanted and lacking, and Insights has read this part already: not written. */
  readonly latePaths: readonly string[];
  /** Written, and shorter than wanted. */
  readonly cutPaths: readonly string[];
  readonly refused: readonly { readonly path: string; readonly rule: string }[];
  /** Wanted, and too little of TaskRouter's 4,096 characters would be left for others: not written. */
  readonly noRoomPaths: readonly string[];
}

/**
 * What the rules want of these attributes at this event, merged into them. Nothing is written, nobody is asked.
 *
 * What leaves too little room for others is left out from the end: first the copies in `rd`, then the rules from the last
 * to the first, so that a rule's place in its file is its weight.
 */
export async function enrichAttributes(
  has: EnrichmentNeeds,
  of: {
    readonly attributes: TaskAttributes;
    readonly read: ReadTask;
    readonly event: RuleEvent;
    readonly known: KnownForRules;
    /** Which classes Insights has still to read. */
    readonly deadlines: readonly DeadlineClass[];
  },
): Promise<EnrichedAttributes> {
  const { deadlines } = of;
  const { unknown } = of.known;
  const results = await evaluateRules(has, has.config.rules, scopeOf(has.config, of), { deadlines, unknown });
  const wanted = (kind: 'value' | 'late'): readonly WantedValue[] =>
    results.flatMap((result) =>
      result.kind === kind && 'value' in result ? [wantedBy(result.rule, result.value)] : [],
    );
  const areCopiesWanted = has.config.writesRd && deadlines.includes('segment') && isRouted(of.event);
  const copies = areCopiesWanted ? withRd(of.attributes, of.read.task) : [];
  const merge = (values: readonly WantedValue[]) =>
    mergeAttributes(of.attributes, values, has.enrichmentMode, (path, value) =>
      fitValue(path, value, { hipaaMode: has.hipaaMode }),
    );
  const room = Math.max(roomForRules, attributesText(of.attributes).length);
  const { merged, noRoom } = fitting([...wanted('value'), ...copies], merge, room);
  return {
    results,
    attributes: merged.attributes,
    changes: merged.changes,
    latePaths: merge(wanted('late')).changes.map(({ path }) => path),
    cutPaths: merged.cut,
    refused: merged.refused,
    noRoomPaths: noRoom,
  };
}

/**
 * Routing may read `rd`, and whether TaskRouter routes a waiting task anew when its attributes change is documented
 * nowhere: while a task may still be waiting, nothing of it is written.
 */
function isRouted({ type }: RuleEvent): boolean {
  return type !== 'task.created' && type !== 'task.updated';
}

/**
 * What rules may fill. The rest is for those who cannot do without: the playback link and the ids for Calabrio come to
 * 350 characters, and Flex adds a conference's participants to a task that is answered.
 */
const roomForRules = maxAttributesCharacters - 600;

/** As many of the wanted values, from the first, as there is room for; what is longer already grows no further. */
function fitting(
  wanted: readonly WantedValue[],
  merge: (values: readonly WantedValue[]) => MergedAttributes,
  roomCharacters: number,
): { readonly merged: MergedAttributes; readonly noRoom: readonly string[] } {
  for (let count = wanted.length; count > 0; count -= 1) {
    const merged = merge(wanted.slice(0, count));
    if (attributesText(merged.attributes).length <= roomCharacters || merged.changes.length === 0) {
      const kept = new Set(merged.changes.map(({ path }) => path));
      const left = count === wanted.length ? [] : merge(wanted).changes.filter(({ path }) => !kept.has(path));
      return { merged, noRoom: left.map(({ path }) => path) };
    }
  }
  const merged = merge([]);
  return { merged, noRoom: merge(wanted).changes.map(({ path }) => path) };
}

function scopeOf(
  config: EnrichmentConfig,
  {
    attributes,
    read: { task },
    event,
    known: { worker, ending, customer, conversationId, identity },
  }: Parameters<typeof enrichAttributes>[1],
): RuleScope {
  const at = new Date(event.occurredAt);
  return {
    task,
    attributes: withoutSecrets(attributes).value,
    event,
    lookups: config.lookups,
    facts: {
      ...(conversationId !== undefined && { conversationId }),
      ...(config.businessHours !== undefined && { isInBusinessHours: isOpenAt(config.businessHours, at) }),
      ...(task.contactWindow !== undefined && { isInContactWindow: isInContactWindow(task.contactWindow, at) }),
      ...(identity !== undefined && { identity }),
    },
    ...(worker !== undefined && { worker }),
    ...(ending !== undefined && { ending }),
    ...(customer !== undefined && { customer }),
  };
}
