/** Tells when the cloud has come to rest. */
export interface Rest {
  /** Looks again; called whenever something ended. */
  readonly look: () => void;
  /** Resolves when `isAtRest` held twice with a turn of the event loop between. */
  readonly reached: () => Promise<void>;
}

export function rest(isAtRest: () => boolean): Rest {
  let waiting: (() => void)[] = [];
  const look = (): void => {
    if (waiting.length === 0 || !isAtRest()) return;
    setImmediate(() => {
      if (!isAtRest()) return;
      const reached = waiting;
      waiting = [];
      for (const resolve of reached) resolve();
    });
  };
  return {
    look,
    reached: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        look();
      }),
  };
}
