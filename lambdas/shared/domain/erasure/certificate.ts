import { secondsAfter } from '../seconds-after.ts';
import { conversationSid } from '../sids.ts';
import type { CalabrioWorkItem, ErasureItem, ErasureRequest } from './erasure-request.ts';

const daySeconds = 24 * 3600;

/** DynamoDB's point-in-time recovery reaches back this far. (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery.html, read 2026-11) */
const backupSeconds = 35 * daySeconds;

/** A message that was on its way stays on no queue of ours for longer (`lib/constructs`, MessageRetentionPeriod). */
const queueSeconds = 14 * daySeconds;

/** Twilio shows a deleted recording's description, without its sound, for so long. (https://www.twilio.com/docs/voice/api/recording, read 2026-11) */
const twilioSeconds = 40 * daySeconds;

/**
 * What Twilio deletes may be in its own systems for so long after.
 * (https://www.twilio.com/docs/glossary/what-is-personally-identifiable-information-pii, read 2026-11)
 */
const twilioBackupSeconds = 30 * daySeconds;

/** A copy that is left, and when it ends; without `until` nobody knows yet. */
export interface RemainingCopy {
  readonly what:
    | 'ledger-backup'
    | 'work-queues'
    | 'twilio-description'
    | 'twilio-backup'
    | 'held'
    | 'locked'
    | 'message-of-others'
    | 'another-account';
  readonly of?: string;
  readonly why: string;
  readonly until?: Date;
}

/** What was erased, for whoever must prove it: SIDs, counts and keyed hashes, and nothing of the person. */
export interface ErasureCertificate {
  readonly v: 1;
  readonly erasureId: string;
  readonly state: ErasureRequest['state'];
  readonly requestedAt: Date;
  readonly requestedBy: string;
  readonly why: string;
  readonly finishedAt?: Date;
  readonly subjectHashes: readonly string[];
  readonly taskSids: readonly string[];
  readonly items: readonly ErasureItem[];
  readonly counts: {
    readonly recordings: number;
    readonly transcripts: number;
    readonly objects: number;
    readonly messages: number;
  };
  readonly remaining: readonly RemainingCopy[];
  /** When the last of them ends; absent while one has no end yet. */
  readonly lastCopyEndsAt?: Date;
  /** What others must delete, because we have no right or no interface to. */
  readonly askFor: {
    readonly calabrio: readonly CalabrioWorkItem[];
    readonly twilio: string;
    readonly insights: string;
  };
}

/** The certificate of the request as it stands. Pure: the same request gives the same certificate. */
export function certificateOf(request: ErasureRequest): ErasureCertificate {
  const { erasureId, state, requestedAt, requestedBy, why, finishedAt, subjectHashes, taskSids, items } = request;
  const remaining = remainingOf(request);
  const ends = remaining.map(({ until }) => until);
  const known = ends.filter((until) => until !== undefined);
  return {
    ...{ v: 1, erasureId, state, requestedAt, requestedBy, why, subjectHashes, taskSids, items, remaining },
    ...(finishedAt !== undefined && { finishedAt }),
    counts: countsOf(request),
    ...(known.length === ends.length &&
      known.length > 0 && { lastCopyEndsAt: new Date(Math.max(...known.map((until) => until.getTime()))) }),
    askFor: {
      calabrio: request.calabrio,
      twilio:
        'Twilio keeps its log of calls and messages with their numbers: delete the calls and messages of these tasks there.',
      insights:
        'Flex Insights keeps segments with customer attributes: ask Twilio support to remove this customer there.',
    },
  };
}

function countsOf({ items, messagesRemoved }: ErasureRequest): ErasureCertificate['counts'] {
  const erased = items.flatMap(({ sid, state }) => (state.kind === 'erased' ? [{ sid, state }] : []));
  const transcripts = erased.filter(({ sid }) => conversationSid.is(sid)).length;
  return {
    recordings: erased.length - transcripts,
    transcripts,
    objects: erased.reduce((sum, { state }) => sum + state.objects, 0),
    messages: messagesRemoved,
  };
}

function remainingOf(request: ErasureRequest): readonly RemainingCopy[] {
  const at = request.finishedAt;
  const after = (seconds: number): { readonly until?: Date } =>
    at === undefined ? {} : { until: secondsAfter(at, seconds) };
  const deleted = request.items.filter(({ state }) => state.kind === 'erased' && state.source === 'deleted');
  return [
    {
      what: 'ledger-backup',
      why: 'point-in-time recovery of the ledger reaches back 35 days',
      ...after(backupSeconds),
    },
    { what: 'work-queues', why: 'a message that was on its way expires after 14 days', ...after(queueSeconds) },
    ...(deleted.length > 0
      ? [
          {
            what: 'twilio-backup' as const,
            why: 'Twilio may take 30 days to take what was deleted out of its own systems',
            ...after(twilioBackupSeconds),
          },
        ]
      : []),
    ...(deleted.some(({ sid }) => !conversationSid.is(sid))
      ? [
          {
            what: 'twilio-description' as const,
            why: 'Twilio shows the description of a deleted recording for 40 days',
            ...after(twilioSeconds),
          },
        ]
      : []),
    ...request.items.flatMap(remainingOfItem),
    ...request.messagesKept.map((of) => ({
      what: 'message-of-others' as const,
      of,
      why: 'the message speaks of others as well: send it again, or let it expire',
    })),
  ];
}

function remainingOfItem({ sid, state }: ErasureItem): readonly RemainingCopy[] {
  switch (state.kind) {
    case 'held':
      return [
        {
          what: 'held',
          of: sid,
          why: `held for ${state.matters.join(', ')}${state.begunAt === undefined ? '' : `, after its erasure had begun at ${state.begunAt.toISOString()}: only what was left then stays`}`,
        },
      ];
    case 'locked':
      return [
        {
          what: 'locked',
          of: sid,
          why: `under a ${state.mode} lock`,
          ...(state.until !== undefined && { until: state.until }),
        },
      ];
    case 'erased':
      return state.source === 'kept-by-another-account'
        ? [{ what: 'another-account', of: sid, why: 'its source belongs to another Twilio account: ask its owner' }]
        : [];
    case 'open':
      return [];
  }
}
