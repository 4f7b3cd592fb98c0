import { archiveTranscript } from '../../../lambdas/archive-transcript/handler.ts';
import type { ArchiveTranscriptNeeds } from '../../../lambdas/archive-transcript/handler.ts';
import type { Outcome } from '../../../lambdas/shared/domain/outcome.ts';
import type { RetentionConfig } from '../../../lambdas/shared/domain/retention/retention-config.ts';
import type { TranscriptRecord } from '../../../lambdas/shared/domain/transcript-record.ts';
import type { ConversationMessage } from '../../../lambdas/shared/domain/transcripts/conversation.ts';
import { sids } from '../../support/example-sids.ts';
import { inMemoryArchive } from '../../support/fakes/in-memory-archive.ts';
import { inMemoryArchiveKeeping } from '../../support/fakes/in-memory-archive-keeping.ts';
import { inMemoryConversations } from '../../support/fakes/in-memory-conversations.ts';
import type { WholeConversation } from '../../support/fakes/in-memory-conversations.ts';
import { inMemoryLedger } from '../../support/ledger/in-memory-ledger.ts';
import { contextOf } from './world.ts';

export const at = (time: string): Date => new Date(`2026-11-20T${time}Z`);

const stem = `${sids.account()}/2026/11/20/${sids.conversation()}`;
export const jsonKey = `${stem}.json`;
export const textKey = `${stem}.txt`;

export const agentSid = `MB${'a'.repeat(32)}`;
export const customerSid = `MB${'b'.repeat(32)}`;

/** Message `index` of the customer's, a minute after the one before. */
export function message(index: number, changes: Partial<ConversationMessage> = {}): ConversationMessage {
  return {
    messageSid: `IM${index.toString(16).padStart(32, '0')}`,
    index,
    author: '+12025550143',
    participantSid: customerSid,
    body: `words ${index}`,
    media: [],
    sentAt: new Date(at('10:01:00').getTime() + index * 60_000),
    ...changes,
  };
}

/** A customer who texts and an agent who answers; closed. */
export function conversation(changes: Partial<WholeConversation> = {}): WholeConversation {
  return {
    conversationSid: sids.conversation(),
    accountSid: sids.account(),
    status: 'closed',
    startedAt: at('10:00:00'),
    participants: [
      { participantSid: customerSid, address: '+12025550143', proxyAddress: '+15005550006', joinedAt: at('10:00:00') },
      { participantSid: agentSid, identity: 'ada', joinedAt: at('10:00:30') },
    ],
    messages: [
      message(0, { body: 'The tap drips.' }),
      message(1, { body: 'I see to it 👍', author: 'ada', participantSid: agentSid }),
    ],
    ...changes,
  };
}

/** Everything that archive-transcript reaches, in memory; what it archives stays for ever, unless said otherwise. */
export function startTranscriptWorld(retention: RetentionConfig = { classes: [{ name: 'standard', storage: [] }] }) {
  let now = at('11:00:00');
  const measures: Parameters<ArchiveTranscriptNeeds['meter']['measure']>[0][] = [];
  const ledger = inMemoryLedger({ staleReads: true });
  const archive = inMemoryArchive();
  return {
    ledger,
    transcripts: ledger,
    conversations: inMemoryConversations(),
    archive,
    keeping: inMemoryArchiveKeeping(archive.versions, () => now),
    /** One class, for ever; a test may put another in. */
    retention,
    meter: { measure: (measure: (typeof measures)[number]) => void measures.push(measure) },
    measures,
    now: () => now,
    setClock: (time: string) => void (now = at(time)),
    accountSid: sids.account(),
    /** As stored. @throws when there is none */
    async transcript(): Promise<TranscriptRecord> {
      const stored = await ledger.readTranscript(sids.conversation());
      if (stored === undefined) throw new Error('the ledger has no such transcript');
      return stored;
    },
  };
}

export type TranscriptWorld = ReturnType<typeof startTranscriptWorld>;

/** Works off one message about the example conversation, of the example task unless said otherwise. */
export function deliver(
  world: ArchiveTranscriptNeeds,
  {
    cause = 'EV1',
    taskSid = sids.task(),
  }: { readonly cause?: string; readonly taskSid?: ReturnType<typeof sids.task> } = {},
): Promise<Outcome> {
  const about = { conversationSid: sids.conversation(), taskSid, cause };
  return archiveTranscript(world)({ v: 1, route: 'internal/archive-transcript', ...about }, contextOf());
}
