/** Errors that a test has ordered: the next call of that name throws, in the order they were ordered. */
export interface ScriptedFaults<Call extends string> {
  /** Orders an error for the next call named `call`; several queue up. */
  failNext(call: Call, error: Error): void;
  /** Throws what was ordered for this call, once; the fake calls it first in each of its methods. */
  strike(call: Call): void;
}

export function scriptedFaults<Call extends string>(): ScriptedFaults<Call> {
  const ordered: { readonly call: Call; readonly error: Error }[] = [];
  return {
    failNext(call, error) {
      ordered.push({ call, error });
    },
    strike(call) {
      const found = ordered.findIndex((order) => order.call === call);
      const [order] = found === -1 ? [] : ordered.splice(found, 1);
      if (order !== undefined) throw order.error;
    },
  };
}
