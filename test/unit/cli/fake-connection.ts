import type { AsideMessage, AsidePlace, Connection, LastAttributes, WorkerQueue } from '../../../cli/connection.ts';
import type { Ledger } from '../../../lambdas/shared/ports/ledger.ts';

export interface FakeConnection extends Connection {
  readonly sent: readonly { readonly queue: WorkerQueue; readonly body: string }[];
  /** The messages that are still put aside, by place. */
  remaining(): Readonly<Record<string, readonly string[]>>;
  readonly isClosed: () => boolean;
}

export function fakeConnection(has: {
  readonly ledger: Ledger;
  readonly attributes?: LastAttributes;
  readonly aside?: Readonly<Partial<Record<WorkerQueue | 'quarantine', readonly AsideMessage[]>>>;
}): FakeConnection {
  const aside = new Map(Object.entries(has.aside ?? {}).map(([name, messages]) => [name, [...messages]]));
  const sent: { queue: WorkerQueue; body: string }[] = [];
  let closed = false;
  const place = (name: string): AsidePlace => ({
    name,
    async visitAll(visit) {
      const kept: AsideMessage[] = [];
      for (const message of aside.get(name) ?? []) if ((await visit(message)) === 'leave') kept.push(message);
      aside.set(name, kept);
    },
  });
  return {
    name: 'a fake',
    ledger: has.ledger,
    lastAttributes: async () => has.attributes ?? { kind: 'gone' },
    asidePlaces: (of) => [place(of)],
    sendBack: async (queue, body) => void sent.push({ queue, body }),
    reconcile: async () => ({ resent: 2 }),
    close: async () => void (closed = true),
    sent,
    remaining: () =>
      Object.fromEntries([...aside].map(([name, messages]) => [name, messages.map(({ messageId }) => messageId)])),
    isClosed: () => closed,
  };
}
