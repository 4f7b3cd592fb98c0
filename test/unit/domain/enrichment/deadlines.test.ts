import { deadlineOf, openDeadlines } from '../../../../lambdas/shared/domain/enrichment/deadlines.ts';
import type { TaskEventType } from '../../../../lambdas/shared/domain/task-event.ts';
import { handledEventTypes } from '../../../../lambdas/shared/domain/task-event.ts';

describe('the deadlines that an event leaves open', () => {
  it('are both only when the task is created, because identity is read before the first segment ends', () => {
    const withIdentity = handledEventTypes.filter((type) => openDeadlines(type).includes('identity'));

    expect(withIdentity).toEqual(['task.created']);
  });

  it.each<TaskEventType>([
    'reservation.completed',
    'task.completed',
    'task.canceled',
    'task.deleted',
    'task.system-deleted',
  ])('are none at %s, when the attributes have been read', (type) => {
    expect(openDeadlines(type)).toEqual([]);
  });
});

describe('the deadline of a path', () => {
  it.each(['conversations.conversation_id', 'customers.external_id'])('is that of identity for %s', (path) => {
    expect(deadlineOf(path)).toBe('identity');
  });

  it.each(['conversations.language', 'customers.phone', 'customers.name', 'rd.client_id', 'full_name'])(
    'is the segment’s for %s',
    (path) => {
      expect(deadlineOf(path)).toBe('segment');
    },
  );
});
