import type { AgentStateMapping } from '../../../../lambdas/shared/domain/enrichment/enrichment-config.ts';
import { agentStates } from '../../../../lambdas/shared/domain/worker/canonical-worker.ts';
import type { AgentState } from '../../../../lambdas/shared/domain/worker/canonical-worker.ts';
import { agentStateOf } from '../../../../lambdas/shared/domain/worker/worker-state.ts';

const mapping: Readonly<Record<string, AgentStateMapping>> = {
  Available: { state: 'Ready' },
  Lunch: { state: 'Not Ready', isReasonSent: true },
  Meeting: { state: 'Not Ready' },
  Offline: { state: 'Logout', isReasonSent: true },
};

describe("an agent's state", () => {
  it('is the one that the activity is mapped to', () => {
    expect(agentStateOf('Available', mapping)).toEqual({ state: 'Ready' });
    expect(agentStateOf('Meeting', mapping)).toEqual({ state: 'Not Ready' });
  });

  it('has the activity for its reason where the mapping says so', () => {
    expect(agentStateOf('Lunch', mapping)).toEqual({ state: 'Not Ready', reason: 'Lunch' });
  });

  // The page: "The slider is only available for activities mapped to the Not Ready, Work Not Ready, and Work Ready states".
  it.each([
    ['Logout', false],
    ['Not Ready', true],
    ['Ready', false],
    ['Work Not Ready', true],
    ['Work Ready', true],
  ] satisfies [AgentState, boolean][])('%s can have a reason: %s', (state, can) => {
    expect(agentStateOf('Any', { Any: { state, isReasonSent: true } })).toEqual({
      state,
      ...(can && { reason: 'Any' }),
    });
  });

  it('is never Hold or Talking, which are Calabrio’s own', () => {
    expect([...agentStates].sort()).toEqual(['Logout', 'Not Ready', 'Ready', 'Work Not Ready', 'Work Ready']);
  });

  it.each(['Break', 'lunch', 'toString', ''])('is none for the activity "%s", which nobody mapped', (activity) => {
    expect(agentStateOf(activity, mapping)).toBeUndefined();
  });
});
