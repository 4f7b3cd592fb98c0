import { mergeAttributes } from '../../../../lambdas/shared/domain/enrichment/merge-attributes.ts';
import { withRd } from '../../../../lambdas/shared/domain/enrichment/with-rd.ts';
import type { CanonicalTask } from '../../../../lambdas/shared/domain/task-shapes/canonical-task.ts';

const task = (rd: CanonicalTask['rd']): CanonicalTask => ({
  shape: 'inbound-call',
  medium: 'voice',
  rd,
  customer: {},
  processing: {},
});
const fits = (_path: string, value: unknown) => ({ kind: 'fits', value }) as const;

describe('the canonical rd', () => {
  it('comes beside the legacy keys, which stay', () => {
    const attributes = { rdClientId: '1', clientId: 4 };

    const merged = mergeAttributes(attributes, withRd(attributes, task({ client_id: 1 })), 'fill', fits);

    expect(merged.attributes).toEqual({ rdClientId: '1', clientId: 4, rd: { client_id: 1 } });
  });

  it('takes nothing from an rd that is there, in any mode, and fills what is empty in it', () => {
    const attributes = { rd: { client_id: '1', lead_id: '', own: [1], 'call_route_step?': 0 } };

    const wanted = withRd(attributes, task({ client_id: 1, lead_id: 7, own: [1], call_route_step: 0 }));

    expect(mergeAttributes(attributes, wanted, 'overwrite', fits).attributes).toEqual({
      rd: { client_id: '1', lead_id: 7, own: [1], 'call_route_step?': 0, call_route_step: 0 },
    });
  });

  it('is not written into an rd that is no object', () => {
    const attributes = { rd: 'text' };

    expect(mergeAttributes(attributes, withRd(attributes, task({ lead_id: 7 })), 'fill', fits).changes).toEqual([]);
  });
});
