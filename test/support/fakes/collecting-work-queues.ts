import type { WorkMessage } from '../../../lambdas/shared/messages/work-message.ts';
import type { WorkQueues } from '../../../lambdas/shared/ports/work-queues.ts';
import { frozen } from './frozen.ts';
import { scriptedFaults } from './scripted-faults.ts';
import type { ScriptedFaults } from './scripted-faults.ts';

export interface SentWork {
  readonly message: WorkMessage;
  readonly delaySeconds: number;
}

/** Queues that keep what was sent to them, in order, for a test to look at or to deliver. */
export interface CollectingWorkQueues extends WorkQueues, Pick<ScriptedFaults<'send'>, 'failNext'> {
  /** Everything that was sent and not taken. */
  readonly sent: readonly SentWork[];
  /** Takes all of it off, for whoever delivers it. */
  takeSent(): readonly SentWork[];
  /** The messages of one route, in the order they were sent. */
  sentTo<Route extends WorkMessage['route']>(route: Route): readonly Extract<WorkMessage, { readonly route: Route }>[];
}

export function collectingWorkQueues(): CollectingWorkQueues {
  const sent: SentWork[] = [];
  const faults = scriptedFaults<'send'>();
  return {
    async send(message, delaySeconds = 0) {
      faults.strike('send');
      if (!Number.isInteger(delaySeconds) || delaySeconds < 0 || delaySeconds > 900) {
        throw new RangeError(`a delay of ${delaySeconds} s: SQS takes whole seconds from 0 to 900`);
      }
      sent.push({ message: frozen(message), delaySeconds });
    },
    sent,
    takeSent: () => sent.splice(0),
    sentTo: <Route extends WorkMessage['route']>(route: Route) => {
      const isOfRoute = (message: WorkMessage): message is Extract<WorkMessage, { readonly route: Route }> =>
        message.route === route;
      return sent.map(({ message }) => message).filter(isOfRoute);
    },
    failNext: faults.failNext,
  };
}
