import { taskSid } from '../../../lambdas/shared/domain/sids.ts';
import { deliveryOrders } from '../../../local/sample-day/delivery-orders.ts';
import type { PlannedDelivery } from '../../../local/twilio/delivery/delivery-target.ts';

const task = taskSid(`WT${'5e'.repeat(16)}`);
const twice = [{ afterMs: 0 }, { afterMs: 3_000 }];
const once = [{ afterMs: 0 }];

function delivery(eventType: string, subjectSid: string, more: Partial<PlannedDelivery> = {}): PlannedDelivery {
  return { transport: 'event-streams', eventType, subjectSid, taskSid: task, ordinal: 1, ...more };
}

describe('deliveryOrders', () => {
  it('changes the next event of its type and no other', () => {
    const orders = deliveryOrders();
    orders.forNext({ eventType: 'task.completed', taskSid: task }, twice);

    expect(orders.policy(delivery('task.updated', 'EV1'))).toEqual(once);
    expect(orders.policy(delivery('task.completed', 'EV2', { taskSid: `WT${'00'.repeat(16)}` }))).toEqual(once);
    expect(orders.open()).toBe(1);
    expect(orders.policy(delivery('task.completed', 'EV3'))).toEqual(twice);
    expect(orders.policy(delivery('task.completed', 'EV4'))).toEqual(once);
    expect(orders.open()).toBe(0);
  });

  it('does the same to the same event on every transport', () => {
    const orders = deliveryOrders();
    orders.forNext({ eventType: 'task.created' }, twice);

    expect(orders.policy(delivery('task.created', 'EV1', { transport: 'task-events' }))).toEqual(twice);
    expect(orders.policy(delivery('task.created', 'EV1', { transport: 'event-streams' }))).toEqual(twice);
    expect(orders.policy(delivery('task.created', 'EV2', { transport: 'event-streams' }))).toEqual(once);
  });
});
