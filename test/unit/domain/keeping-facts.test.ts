import { keepingAfter, keepingFactsOf } from '../../../lambdas/shared/domain/keeping-facts.ts';
import type { CanonicalTask } from '../../../lambdas/shared/domain/task-shapes/canonical-task.ts';

function task(rd: CanonicalTask['rd'], direction?: 'inbound' | 'outbound'): CanonicalTask {
  return {
    shape: 'snake-case',
    medium: 'voice',
    rd,
    customer: {},
    processing: {},
    ...(direction !== undefined && { direction }),
  };
}

describe('what decides how long a task’s recordings stay', () => {
  it('is the client, the direction and the consent that the task tells', () => {
    expect(keepingFactsOf(task({ client_id: 195, consent: 'Refused ' }, 'outbound'))).toEqual({
      clientId: '195',
      direction: 'outbound',
      consent: 'refused',
    });
  });

  it.each([
    [true, 'given'],
    ['yes', 'given'],
    ['granted', 'given'],
    [false, 'refused'],
    ['no', 'refused'],
    ['denied', 'refused'],
    ['perhaps', undefined],
    ['', undefined],
    [1, undefined],
    [undefined, undefined],
  ])('takes a consent of %p for %p', (consent, wanted) => {
    expect(keepingFactsOf(task({ consent })).consent).toBe(wanted);
  });

  it('is nothing where the task tells nothing', () => {
    expect(keepingFactsOf(task({}))).toEqual({});
  });

  it('stays as it was first told, whatever comes later', () => {
    expect(
      keepingAfter({ clientId: '4', direction: 'inbound' }, { clientId: '5', direction: 'outbound', consent: 'given' }),
    ).toEqual({ clientId: '4', direction: 'inbound', consent: 'given' });
  });

  it.each([
    [{ consent: 'given' }, { consent: 'refused' }],
    [{ consent: 'refused' }, { consent: 'given' }],
  ] as const)('is a refusal once somebody has refused: %j and then %j', (before, told) => {
    expect(keepingAfter(before, told)).toEqual({ consent: 'refused' });
  });
});
