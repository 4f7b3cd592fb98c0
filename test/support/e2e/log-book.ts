/** What the functions of a run wrote. */
export interface LogBook {
  readonly write: (functionName: string, line: string) => void;
  /** Looks again at what is waited for; called whenever an invocation has ended. */
  readonly look: () => void;
  /** All lines of one function so far. */
  of(functionName: string): readonly string[];
  /** The one line that each message ended with, and those of its retries, in order. */
  settled(functionName: string): readonly SettledLine[];
  /** Resolves when `holds` does; looked at after every line and invocation. */
  until(holds: () => boolean): Promise<void>;
}

/** `event.settled` as the functions write it; what a test does not look at is left out. */
export interface SettledLine {
  readonly messageId: string;
  readonly route?: string;
  readonly outcome: string;
  readonly reason?: string;
  readonly error?: { readonly message?: string };
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
  return {
    write(functionName, line) {
      lines.push({ functionName, line });
      look();
    },
    look,
    of,
    settled: (functionName) =>
      of(functionName)
        .filter((line) => line.includes('"event.settled"'))
        .map((line) => JSON.parse(line)),
    async until(holds) {
      while (!holds()) await new Promise<void>((resolve) => waiting.push(resolve));
    },
  };
}
