import type { DeliveryCounts, DeliveryLogLine } from './delivery-target.ts';

/** A line that is still being written. */
export type OpenLine = { -readonly [Key in keyof DeliveryLogLine]: DeliveryLogLine[Key] };

export interface DeliveryLog {
  open(line: DeliveryLogLine): OpenLine;
  lines(): readonly DeliveryLogLine[];
  counts(): DeliveryCounts;
}

export function deliveryLog(): DeliveryLog {
  const lines: OpenLine[] = [];
  return {
    open(line) {
      const opened: OpenLine = { ...line };
      lines.push(opened);
      return opened;
    },
    lines: () => lines.map((line) => ({ ...line })),
    counts: () => {
      const genuine = lines.filter((line) => !line.forged);
      const inState = (state: DeliveryLogLine['state']): number =>
        genuine.filter((line) => line.state === state).length;
      return {
        emitted: new Set(lines.map((line) => line.ordinal)).size,
        lost: inState('lost'),
        attempts: lines.reduce((sum, line) => sum + line.attempts, 0),
        delivered: inState('delivered'),
        dropped: inState('dropped'),
        forgedSent: lines.filter((line) => line.forged && line.attempts > 0).length,
      };
    },
  };
}
