import * as z from 'zod/mini';

/** What the functions' own log lines say of the messages they worked on; one final fate a message. */
export interface SettledTally {
  /** Feeds one line of a function's output; lines of any other kind are passed over. */
  line(text: string): void;
  counts(): SettledCounts;
}

export interface SettledCounts {
  /** Twilio's messages that came through the gateway and have come to an end, and Calabrio's. */
  readonly webhooks: number;
  readonly contactStatuses: number;
  readonly done: number;
  readonly ignored: number;
  readonly ignoredBy: Readonly<Record<string, number>>;
  readonly parked: number;
  readonly parkedBy: Readonly<Record<string, number>>;
  readonly quarantined: number;
  /** How often a message was put back to come again; not a fate. */
  readonly retries: number;
  readonly retriesBy: Readonly<Record<string, number>>;
}

const settledLine = z.object({
  message: z.literal('event.settled'),
  messageId: z.string(),
  outcome: z.enum(['done', 'ignored', 'retry', 'park', 'quarantine']),
  reason: z.optional(z.string()),
  route: z.optional(z.string()),
});
type SettledLine = z.infer<typeof settledLine>;

export function settledTally(): SettledTally {
  const fates = new Map<string, SettledLine>();
  const retries: SettledLine[] = [];
  return {
    line(text) {
      const line = readLine(text);
      if (line?.outcome === 'retry') retries.push(line);
      else if (line !== undefined) fates.set(line.messageId, line);
    },
    counts() {
      const settled = [...fates.values()];
      const of = (outcome: SettledLine['outcome']): readonly SettledLine[] =>
        settled.filter((line) => line.outcome === outcome);
      return {
        webhooks: settled.filter(({ route }) => route?.startsWith('twilio/') === true).length,
        contactStatuses: settled.filter(({ route }) => route?.startsWith('calabrio/') === true).length,
        done: of('done').length,
        ignored: of('ignored').length,
        ignoredBy: byReason(of('ignored')),
        parked: of('park').length,
        parkedBy: byReason(of('park')),
        quarantined: of('quarantine').length,
        retries: retries.length,
        retriesBy: byReason(retries),
      };
    },
  };
}

function byReason(lines: readonly SettledLine[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const { reason = 'no reason given' } of lines) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Functions print what they like; only whole JSON lines of the one kind count. */
function readLine(text: string): SettledLine | undefined {
  if (!text.startsWith('{') || !text.includes('event.settled')) return undefined;
  try {
    const parsed = settledLine.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
