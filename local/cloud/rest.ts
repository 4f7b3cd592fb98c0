/** Tells when the cloud has come to rest. */
export interface Rest {
  /** Looks again; called whenever something ended. */
  readonly look: () => void;
  /** Resolves when `isAtRest` held twice with a turn of the event loop between; rejects as it does. */
  readonly reached: () => Promise<void>;
}

export function rest(isAtRest: () => Promise<boolean>): Rest {
  let waiting: PromiseWithResolvers<void>[] = [];
  const takeWaiting = (): readonly PromiseWithResolvers<void>[] => {
    const all = waiting;
    waiting = [];
    return all;
  };
  const lookTwice = async (): Promise<void> => {
    if (!(await isAtRest())) return;
    await new Promise((resolve) => setImmediate(resolve));
    if (!(await isAtRest())) return;
    for (const { resolve } of takeWaiting()) resolve();
  };
  const look = (): void => {
    if (waiting.length === 0) return;
    lookTwice().catch((error: unknown) => {
      for (const { reject } of takeWaiting()) reject(error);
    });
  };
  return {
    look,
    reached() {
      const reached = Promise.withResolvers<void>();
      waiting.push(reached);
      look();
      return reached.promise;
    },
  };
}
