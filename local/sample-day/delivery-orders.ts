import type { TaskSid } from '../../lambdas/shared/domain/sids.ts';
import type { DeliveryCopy, DeliveryPolicy, TransportKind } from '../twilio/delivery/delivery-target.ts';

/** What the script wants to become of certain deliveries; everything else is delivered once, as emitted. */
export interface DeliveryOrders {
  /**
   * The next event of this type (of this task, when one is named) becomes these copies, once on every transport that
   * carries it.
   */
  forNext(event: { readonly eventType: string; readonly taskSid?: TaskSid }, copies: readonly DeliveryCopy[]): void;
  /** How many orders no event has come for. */
  open(): number;
  readonly policy: DeliveryPolicy;
}

interface Order {
  readonly eventType: string;
  readonly taskSid?: TaskSid;
  readonly copies: readonly DeliveryCopy[];
  /** The one event that the order is for, once it has come; and the transports that have carried it. */
  subjectSid?: string;
  readonly carriedBy: Set<TransportKind>;
}

export function deliveryOrders(): DeliveryOrders {
  const orders: Order[] = [];
  return {
    forNext: (event, copies) => void orders.push({ ...event, copies, carriedBy: new Set() }),
    open: () => orders.filter((order) => order.subjectSid === undefined).length,
    policy(delivery) {
      const order = orders.find(
        ({ eventType, taskSid, subjectSid, carriedBy }) =>
          eventType === delivery.eventType &&
          (taskSid === undefined || taskSid === delivery.taskSid) &&
          (subjectSid === undefined || subjectSid === delivery.subjectSid) &&
          !carriedBy.has(delivery.transport),
      );
      if (order === undefined) return [{ afterMs: 0 }];
      order.subjectSid = delivery.subjectSid;
      order.carriedBy.add(delivery.transport);
      return order.copies;
    },
  };
}
