import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EnrichTaskNeeds } from '../../lambdas/enrich-task/handler.ts';
import { targetWorkerOf } from '../../lambdas/enrich-task/target-worker.ts';
import { jsonataExpressions } from '../../lambdas/shared/adapters/expressions/jsonata-expressions.ts';
import { toE164In } from '../../lambdas/shared/adapters/phone/to-e164.ts';
import type { EnrichmentConfig } from '../../lambdas/shared/domain/enrichment/enrichment-config.ts';
import { readEnrichmentConfig } from '../../lambdas/shared/messages/enrichment-config.ts';
import { sids } from './example-sids.ts';
import { inMemoryConferenceRecords, inMemoryConferences } from './fakes/in-memory-conferences.ts';
import { inMemoryIdentityMap, readableSubjectHash } from './fakes/in-memory-identity-map.ts';
import { inMemorySubjectIndex } from './fakes/in-memory-subject-index.ts';
import { inMemoryWorkers } from './fakes/in-memory-workers.ts';

/** What ships with a stage, as the function reads it. */
const minimal = readEnrichmentConfig(
  readFileSync(join(import.meta.dirname, '..', '..', 'config', 'enrichment', 'minimal.json'), 'utf8'),
);

/** `minimal` with other rules, and whatever else is given. */
export function exampleConfig(changes: Partial<EnrichmentConfig>): EnrichmentConfig {
  return { ...minimal, ...changes };
}

/** What a stage decides about enriching. */
type StageSettings = Pick<
  EnrichTaskNeeds,
  | 'config'
  | 'enrichmentMode'
  | 'hipaaMode'
  | 'customerLookup'
  | 'workerWrites'
  | 'reviewTasks'
  | 'products'
  | 'linkTranscripts'
>;

/** What enrich-task needs to enrich with, in memory; `fill` and the rules that ship with a stage. */
export function startEnriching(now: () => Date) {
  const workers = inMemoryWorkers();
  const toE164 = toE164In('US');
  const settings: StageSettings = {
    config: minimal,
    enrichmentMode: 'fill',
    hipaaMode: false,
    customerLookup: undefined,
    workerWrites: false,
    reviewTasks: false,
    products: 'voice',
    linkTranscripts: false,
  };
  return {
    ...settings,
    expressions: jsonataExpressions(),
    toE164,
    workers,
    targetWorker: targetWorkerOf({ workers, toE164, now }),
    conferences: inMemoryConferences(sids.account()),
    conferenceRecords: inMemoryConferenceRecords(),
    identityMap: inMemoryIdentityMap(),
    subjectHash: readableSubjectHash(),
    subjectIndex: inMemorySubjectIndex(),
  };
}
