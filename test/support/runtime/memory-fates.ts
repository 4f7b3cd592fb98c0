import { RetryableError } from '../../../lambdas/shared/domain/outcome.ts';
import type { MessageFates, PutAsideBecause, ReceivedMessage } from '../../../lambdas/shared/ports/message-fates.ts';

export type FateCall = 'park' | 'quarantine' | 'setVisibility';

export interface PutAside {
  readonly message: ReceivedMessage;
  readonly because: PutAsideBecause & { readonly route?: string };
}

/** Where messages go, in memory; `refuses` says which calls SQS turns down. */
export interface MemoryFates extends MessageFates {
  readonly parked: readonly PutAside[];
  readonly quarantined: readonly PutAside[];
  /** Every accepted change of visibility, in order. */
  readonly visibilities: readonly { readonly messageId: string; readonly seconds: number }[];
}

export function memoryFates(refuses: (call: FateCall, messageId: string) => boolean = () => false): MemoryFates {
  const parked: PutAside[] = [];
  const quarantined: PutAside[] = [];
  const visibilities: { messageId: string; seconds: number }[] = [];
  const ask = async (call: FateCall, message: ReceivedMessage): Promise<void> => {
    if (refuses(call, message.messageId)) throw new RetryableError(`SQS refused ${call}`, { reason: 'sqs-failed' });
  };
  return {
    parked,
    quarantined,
    visibilities,
    async park(message, because) {
      await ask('park', message);
      parked.push({ message, because });
    },
    async quarantine(message, because) {
      await ask('quarantine', message);
      quarantined.push({ message, because });
    },
    async setVisibility(message, seconds) {
      await ask('setVisibility', message);
      visibilities.push({ messageId: message.messageId, seconds });
    },
  };
}
