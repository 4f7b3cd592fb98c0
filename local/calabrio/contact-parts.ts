import type { LegModel } from '../../lambdas/shared/domain/policy.ts';
import { recordingOfAgent } from './task-facts.ts';
import type { ContactPart, TaskFacts } from './task-facts.ts';

/** How many contacts a task becomes, and of what: by the leg model for what was recorded, one an agent for a chat. */
export function contactParts(facts: TaskFacts, legModel: LegModel): readonly ContactPart[] {
  const { agents, kind, recordings } = facts;
  const [first] = agents;
  // Somebody must have talked to the customer: what was recorded of a queue alone is nobody's contact.
  if (first === undefined || kind === 'other') return [];
  if (kind === 'digital') return agents.map((agent) => ({ agent, recordings: [] }));
  if (recordings.length === 0) return [];
  switch (legModel) {
    case 'per-reservation':
      return agents.map((agent) => ({ agent, recordings: recordingOfAgent(facts, agent) }));
    case 'per-recording':
      return recordings.map(({ recordingSid, callSid }) => {
        const agent = agents.find(({ workerCallSid }) => callSid !== undefined && workerCallSid === callSid) ?? first;
        return { agent, recordings: [recordingSid] };
      });
    case 'per-call':
      return [{ agent: first, recordings: recordingOfAgent(facts, first) }];
  }
}
