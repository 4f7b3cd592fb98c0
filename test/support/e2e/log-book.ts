import * as z from 'zod/mini';

/** What the functions of a run were given, and what they wrote. */
export interface LogBook {
  /** Notes the messages of an invocation that is about to start. */
  readonly given: (functionName: string, event: unknown) => void;
  /** The messages that were given to the function, by id, and have not come to a fate: not one when all is quiet. */
  unsettled(functionName: string): readonly string[];
  readonly write: (functionName: string, line: string) => void;
  /** Looks again at what is waited for; called whenever an invocation has ended. */
  readonly look: () => void;
  /** All lines of one function so far. */
  of(functionName: string): readonly string[];
  /** Resolves when `holds` does; looked at after every line and invocation. */
  until(holds: () => boolean): Promise<void>;
}

/** `event.settled` as the functions write it; what is not looked at is left out. */
interface SettledLine {
  readonly messageId: string;
  readonly outcome: string;
}

export function logBook(): LogBook {
  const lines: { readonly functionName: string; readonly line: string }[] = [];
  let waiting: (() => void)[] = [];
  const look = (): void => {
    // After the turn of the loop in which it happened, so that what follows from it has happened too.
    setImmediate(() => {
      const again = waiting;
      waiting = [];
      for (const one of again) one();
    });
  };
  const of = (functionName: string): readonly string[] =>
    lines.filter((line) => line.functionName === functionName).map(({ line }) => line);
  const messages = new Map<string, Set<string>>();
  return {
    given(functionName, event) {
      const ids = messages.get(functionName) ?? new Set();
      for (const id of messageIdsOf(event)) ids.add(id);
      messages.set(functionName, ids);
    },
    unsettled(functionName) {
      const fates = settledLines(of(functionName)).filter(({ outcome }) => outcome !== 'retry');
      const settled = new Set(fates.map(({ messageId }) => messageId));
      return [...(messages.get(functionName) ?? [])].filter((id) => !settled.has(id));
    },
    write(functionName, line) {
      lines.push({ functionName, line });
      look();
    },
    look,
    of,
    async until(holds) {
      while (!holds()) await new Promise<void>((resolve) => waiting.push(resolve));
    },
  };
}

function settledLines(lines: readonly string[]): readonly SettledLine[] {
  return lines.filter((line) => line.includes('"event.settled"')).map((line) => JSON.parse(line));
}

const eventSchema = z.object({ Records: z.array(z.object({ messageId: z.string() })) });

/** None for what is no batch of a queue: a schedule's tick, a request. */
function messageIdsOf(event: unknown): readonly string[] {
  return eventSchema.safeParse(event).data?.Records.map(({ messageId }) => messageId) ?? [];
}
