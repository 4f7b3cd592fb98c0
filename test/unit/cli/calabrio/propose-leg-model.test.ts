import { proposeLegModel } from '../../../../cli/calabrio/propose-leg-model.ts';
import type { ObservedCall } from '../../../../cli/calabrio/propose-leg-model.ts';

const times = (count: number, call: ObservedCall): readonly ObservedCall[] => Array.from({ length: count }, () => call);

/** `contacts` of a call with so many agents and recordings. */
const call = (contacts: number, acceptedReservations: number, recordings: number): ObservedCall => ({
  contacts,
  acceptedReservations,
  recordings,
});

describe('proposeLegModel', () => {
  it('proposes per-reservation when each agent has a contact in one recording of all', () => {
    const proposal = proposeLegModel([...times(4, call(2, 2, 1)), call(3, 3, 1)]);

    expect(proposal).toMatchObject({
      kind: 'proposed',
      legModel: 'per-reservation',
      multiLegCalls: 5,
      explainedBy: { 'per-reservation': 5, 'per-recording': 0, 'per-call': 0 },
    });
  });

  it('proposes per-recording when there are as many contacts as recordings, whatever the agents', () => {
    const proposal = proposeLegModel([...times(3, call(2, 3, 2)), ...times(3, call(1, 2, 1))]);

    expect(proposal).toMatchObject({
      kind: 'proposed',
      legModel: 'per-recording',
      explainedBy: { 'per-reservation': 0, 'per-recording': 6, 'per-call': 3 },
    });
  });

  it('proposes per-call when a call has one contact, whatever its agents and recordings', () => {
    const proposal = proposeLegModel(times(5, call(1, 2, 2)));

    expect(proposal).toMatchObject({ kind: 'proposed', legModel: 'per-call' });
  });

  it('proposes the strictest of those that explain every call alike, and says which they are', () => {
    const proposal = proposeLegModel(times(5, call(1, 2, 1)));

    expect(proposal).toMatchObject({ kind: 'proposed', legModel: 'per-recording' });
    expect(proposal.why).toContain('per-recording and per-call explain every one');
  });

  it.each([0, 1, 4])('proposes nothing of %i calls with several agents, however many others there are', (count) => {
    const proposal = proposeLegModel([...times(count, call(2, 2, 1)), ...times(100, call(1, 1, 1))]);

    expect(proposal).toMatchObject({ kind: 'none', multiLegCalls: count });
    expect(proposal.why).toContain('at least 5 are wanted');
  });

  it('lets a call of which Calabrio made nothing say nothing', () => {
    const proposal = proposeLegModel([...times(4, call(2, 2, 1)), ...times(10, call(0, 2, 1))]);

    expect(proposal).toMatchObject({ kind: 'none', multiLegCalls: 4 });
  });

  it('does not propose a laxer model because some contacts never came', () => {
    const proposal = proposeLegModel([...times(8, call(2, 2, 1)), ...times(2, call(1, 2, 1))]);

    expect(proposal).toMatchObject({ kind: 'proposed', legModel: 'per-reservation' });
  });

  it('does not propose a laxer model that one call speaks against, and nothing where none explains most of them', () => {
    const proposal = proposeLegModel([...times(9, call(1, 2, 1)), call(2, 2, 1)]);

    expect(proposal).toMatchObject({ kind: 'none' });
    expect(proposal.why).toContain('keep per-reservation');
  });

  it('proposes nothing when Calabrio made more contacts than there were agents', () => {
    const proposal = proposeLegModel([...times(9, call(2, 2, 1)), call(5, 2, 1)]);

    expect(proposal).toMatchObject({ kind: 'none' });
  });
});
