import { counted } from '../../../local/terminal/words.ts';
import { isPruned } from '../prune-typed.ts';
import type { PruneTyped } from '../prune-typed.ts';
import type { Change, Unmanaged } from '../section.ts';
import type { TwilioRest } from '../twilio-rest.ts';
import { isAsWanted, sinksUrl } from './sinks.ts';
import type { Sink } from './sinks.ts';
import { subscriptionsUrl } from './subscriptions.ts';
import type { Subscription } from './subscriptions.ts';

/** Its SID is in it: several may lead to one place. */
const nameOf = (sink: Sink): string => `${sink.sid} to ${sink.leadsTo}`;

/** What `--prune` may call it. */
export const sinkNames = (sink: Sink): readonly string[] => [sink.sid, nameOf(sink)];

export const unmanagedSink = (sink: Sink): Unmanaged => ({ kind: 'sink', name: nameOf(sink), sid: sink.sid });

/** Whether somebody wants it deleted. */
export const isNamedSink = (prune: readonly PruneTyped[], sink: Sink): boolean =>
  sinkNames(sink).some((name) => isPruned(prune, { kind: 'sink', name }));

/** A sink in use cannot be deleted: first what uses it. */
export function sinkRemoval(rest: TwilioRest, sink: Sink, subscriptions: readonly Subscription[]): Change {
  const users = subscriptions.filter(({ sinkSid }) => sinkSid === sink.sid);
  const make = async (): Promise<void> => {
    for (const { sid } of users) await rest.remove(`${subscriptionsUrl}/${sid}`);
    await rest.remove(`${sinksUrl}/${sink.sid}`);
  };
  const differences = [
    { field: 'destination', from: sink.leadsTo },
    ...users.map(({ sid }) => ({ field: 'subscription', from: sid })),
  ];
  return { action: 'delete', kind: 'sink', name: nameOf(sink), differences, how: { kind: 'make', make } };
}

/** Every event that comes twice is done once, so this costs only money. */
export function twiceWarnings(ours: readonly Sink[], chosen: Sink | undefined): readonly string[] {
  const spare = ours.filter((sink) => sink !== chosen);
  if (spare.length === 0) return [];
  const used = chosen === undefined ? 'a new one is made' : `${chosen.sid} is used`;
  const why = spare.some((sink) => !isAsWanted(sink))
    ? '; Twilio cannot change the method of a sink or how many events it sends at once'
    : '';
  return [
    `${counted(ours.length, 'sink')} would lead to the pipeline, and ${used}${why}. Delete what is not needed with --prune ${spare.map(({ sid }) => `sink/${sid}`).join(',')}`,
  ];
}
