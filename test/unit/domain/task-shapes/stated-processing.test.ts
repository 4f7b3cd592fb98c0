import { toE164In } from '../../../../lambdas/shared/adapters/phone/to-e164.ts';
import { readCanonicalTask } from '../../../../lambdas/shared/domain/task-shapes/read-canonical-task.ts';
import type { StatedProcessing } from '../../../../lambdas/shared/domain/task-shapes/processing.ts';

const attributes = { direction: 'inbound', rd: { origin: 'contact-center', call_detail_id: 7 } };

function pathOf(processing: StatedProcessing): string | undefined {
  return readCanonicalTask(attributes, { toE164: toE164In('US'), channel: 'voice', processing }).task.processing.path;
}

describe('processing that is stated from outside', () => {
  it('replaces what the task says', () => {
    expect(pathOf({ origin: 'community', assignedTo: 'contact-center' })).toBe('community-call-needs-listening');
  });

  it('that is no known party leaves the task’s own word', () => {
    expect(pathOf({ origin: 'headquarters', processedBy: null })).toBe(
      'contact-center-call-processed-by-contact-center',
    );
  });
});
