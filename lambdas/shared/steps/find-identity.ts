import type { EnrichmentConfig, EnrichmentMode } from '../domain/enrichment/enrichment-config.ts';
import { identityKeys, proposedIdentity } from '../domain/enrichment/identity.ts';
import type { RuleEvent } from '../domain/enrichment/rule-scope.ts';
import { withoutSecrets } from '../domain/secrets-in-attributes.ts';
import type { TaskAttributes } from '../domain/task-attributes.ts';
import type { ReadTask } from '../domain/task-shapes/canonical-task.ts';
import type { Expressions } from '../ports/expressions.ts';
import type { IdentityMap, SubjectHash } from '../ports/identity-map.ts';
import { expressionValue } from './expression-value.ts';

export interface IdentityNeeds {
  readonly config: EnrichmentConfig;
  readonly expressions: Expressions;
  readonly enrichmentMode: EnrichmentMode;
  readonly identityMap: IdentityMap;
  readonly subjectHash: SubjectHash;
  readonly now: () => Date;
}

/**
 * Whom Insights shall take the customer for; undefined where the configuration does not want to say.
 *
 * Sticky: the first identity that any of the customer's keys had is theirs, so that a customer who is known by phone
 * today and by CRM id tomorrow stays one. Remembered before it is written: a crash in between writes the same again.
 * Of two tasks that meet a customer for the first time at once, the second takes what the first had remembered for a key
 * that both have. In `observe` nothing is remembered.
 */
export async function findIdentity(
  has: IdentityNeeds,
  of: { readonly read: ReadTask; readonly event: RuleEvent; readonly attributes: TaskAttributes },
): Promise<string | undefined> {
  const { identity: settings } = has.config;
  if (settings === undefined) return undefined;
  const externalId = await externalIdOf(has, of);
  const keys = identityKeys(of.read.task, settings, externalId);
  if (!settings.sticky) return proposedIdentity(keys);
  const hashes = await Promise.all(keys.map(({ kind, value }) => has.subjectHash.of(kind, value)));
  const remembered = await Promise.all(hashes.map((hash) => has.identityMap.read(hash)));
  const first = proposedIdentity(keys, remembered);
  if (first === undefined || has.enrichmentMode === 'observe') return first;
  const isNobodys = remembered.every((identity) => identity === undefined);
  const at = has.now();
  let identity = first;
  // From the last key to the first: the last is the one that tasks without an id of the team's own have too.
  for (const hash of hashes.filter((_hash, place) => remembered[place] === undefined).toReversed()) {
    const standing = await has.identityMap.remember(hash, identity, at);
    if (isNobodys) identity = standing;
  }
  return identity;
}

/** The team's own id of the customer, as the configuration's expression gives it; undefined where it gives none. */
export async function externalIdOf(
  has: Pick<IdentityNeeds, 'config' | 'expressions'>,
  { read, event, attributes }: Parameters<typeof findIdentity>[1],
): Promise<string | undefined> {
  const value = await expressionValue(has.expressions, has.config.identity?.externalId, {
    task: read.task,
    attributes: withoutSecrets(attributes).value,
    event,
    lookups: has.config.lookups,
  });
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
