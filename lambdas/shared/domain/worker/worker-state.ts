import type { EnrichmentConfig } from '../enrichment/enrichment-config.ts';
import type { AgentState } from './canonical-worker.ts';

/** An agent's state as the adherence view shows it. */
export interface MappedState {
  readonly state: AgentState;
  /** The activity's name, where the mapping says that it goes along. */
  readonly reason?: string;
}

/** Calabrio has the switch for these and no others. (Configuring Twilio Flex as an ACD, read 2026-11) */
export const statesWithReason: readonly AgentState[] = ['Not Ready', 'Work Not Ready', 'Work Ready'];

/** What an activity is to be told as; undefined for an activity that the configuration does not map. */
export function agentStateOf(activityName: string, mapping: EnrichmentConfig['agentStates']): MappedState | undefined {
  const mapped = Object.hasOwn(mapping, activityName) ? mapping[activityName] : undefined;
  if (mapped === undefined) return undefined;
  const { state, isReasonSent = false } = mapped;
  return { state, ...(isReasonSent && statesWithReason.includes(state) && { reason: activityName }) };
}
