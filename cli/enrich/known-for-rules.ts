import type { CapturedTask } from './captured-events.ts';
import type { TypedKnown } from './known-file.ts';
import { newIdentity } from './new-identity.ts';
import type { NewIdentityNeeds } from './new-identity.ts';
import { isEndingAskedAt, ruleEvent, workerIds } from '../../lambdas/shared/domain/enrichment/rule-event.ts';
import { askedFor } from '../../lambdas/shared/domain/enrichment/rule-scope.ts';
import type { AskedFor } from '../../lambdas/shared/domain/enrichment/rule-scope.ts';
import { withoutSecrets } from '../../lambdas/shared/domain/secrets-in-attributes.ts';
import { parseTaskAttributes } from '../../lambdas/shared/domain/task-attributes.ts';
import type { TaskAttributes } from '../../lambdas/shared/domain/task-attributes.ts';
import type { ReadTask, ToE164 } from '../../lambdas/shared/domain/task-shapes/canonical-task.ts';
import { readWorker } from '../../lambdas/shared/domain/worker/read-worker.ts';
import type { KnownForRules } from '../../lambdas/shared/steps/enrich-attributes.ts';

export interface KnowNeeds extends NewIdentityNeeds {
  readonly known: TypedKnown;
  readonly toE164: ToE164;
}

/** What is known without asking anybody, beside what was typed. */
export interface KnownWithoutAsking {
  readonly known: KnownForRules;
  readonly workerSecrets: readonly string[];
  readonly identityWhenNew?: string;
}

/**
 * What the rules may read besides the task: what was typed comes first, then what the event itself says. What the pipeline
 * would ask others for stays unknown, so that a rule that needs it says so instead of judging without it.
 */
export async function knownForRules(
  has: KnowNeeds,
  captured: CapturedTask,
  read: ReadTask,
): Promise<KnownWithoutAsking> {
  const event = ruleEvent(captured.event);
  const { ending, customer, conversationId, identity } = has.known;
  const worker = workerOf(has, captured);
  const identityWhenNew = await newIdentity(has, { read, event, attributes: captured.attributes });
  const isRemembered = has.config.identity?.sticky === true;
  const identityToUse = identity === undefined && !isRemembered ? identityWhenNew : identity;
  const unknown: Readonly<Record<AskedFor, boolean>> = {
    ending: ending === undefined && isEndingAskedAt(event.type),
    customer: customer === undefined,
    worker: worker.isUnsaid && read.task.targetWorkerUri !== undefined,
    conversationId: conversationId === undefined && read.task.parentTaskSid !== undefined,
    identity: identity === undefined && isRemembered,
  };
  return {
    known: {
      unknown: new Set(askedFor.filter((name) => unknown[name])),
      ...(worker.attributes !== undefined && { worker: readWorker(worker.attributes, has, workerIds(event)).worker }),
      ...(isThere(ending) && { ending }),
      ...(isThere(customer) && { customer }),
      ...(isThere(conversationId) && { conversationId }),
      ...(isThere(identityToUse) && { identity: identityToUse }),
    },
    workerSecrets: worker.secrets,
    ...(identityWhenNew !== undefined && { identityWhenNew }),
  };
}

interface SaidWorker {
  /** Nobody said who it is, nor that there is none. */
  readonly isUnsaid: boolean;
  readonly attributes?: TaskAttributes;
  readonly secrets: readonly string[];
}

function workerOf({ known }: KnowNeeds, { event: { workerAttributesText } }: CapturedTask): SaidWorker {
  if (known.worker === null) return { isUnsaid: false, secrets: [] };
  const parsed = workerAttributesText === undefined ? undefined : parseTaskAttributes(workerAttributesText);
  const said = known.worker ?? (parsed?.kind === 'object' ? parsed.attributes : undefined);
  if (said === undefined) return { isUnsaid: workerAttributesText === undefined, secrets: [] };
  const { value, paths } = withoutSecrets(said);
  return { isUnsaid: false, attributes: value, secrets: paths };
}

function isThere<T>(value: T): value is NonNullable<T> {
  return value !== undefined && value !== null;
}
