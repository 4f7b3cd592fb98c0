import { secondsAfter } from './seconds-after.ts';
import type { ConversationSid, InteractionChannelSid, InteractionSid, TaskSid } from './sids.ts';

/** What became of a request, in ids; what is absent Twilio has not said yet, or there is none. */
export interface SmsRequestIds {
  readonly interactionSid?: InteractionSid;
  readonly channelSid?: InteractionChannelSid;
  readonly taskSid?: TaskSid;
  readonly conversationSid?: ConversationSid;
  /** IM… */
  readonly messageSid?: string;
  /** The conversation was there before. */
  readonly isReused: boolean;
}

/** How far a request got. Only what is behind `sending` or `saying` can have reached anybody. */
export type SmsProgress =
  | { readonly kind: 'free' }
  | { readonly kind: 'claimed' }
  /** An interaction may have been asked for since then, in this conversation where there was one. */
  | { readonly kind: 'sending'; readonly since: Date; readonly into?: ConversationSid }
  | { readonly kind: 'started'; readonly ids: SmsRequestIds }
  /** Besides, its message may have been said since then, in the conversation of `ids` and in no other. */
  | { readonly kind: 'saying'; readonly since: Date; readonly ids: SmsRequestIds }
  | { readonly kind: 'done'; readonly ids: SmsRequestIds };

/** A request that came with an idempotency key. Hashes and ids only: nothing in it names a person. */
export interface SmsRequest {
  /** Of the caller and the key. */
  readonly hash: string;
  /** Of what was asked for: another request under the same key is none of this one. */
  readonly fingerprint: string;
  /** Counts the saves; 0 was never saved. */
  readonly version: number;
  /** The run that has it, by the gateway's request id. */
  readonly holder: string;
  readonly heldUntil: Date;
  readonly progress: SmsProgress;
  /** When the key is forgotten. */
  readonly expiresAt: Date;
}

/** How long a key is remembered. */
const keptSeconds = 24 * 3600;

/** A run is killed after 25 s, so whoever has held a request for longer than this is gone. */
const holdSeconds = 30;

/** After an interaction or a message was asked for: what Twilio makes of it must be found by whoever takes over. */
const holdSendingSeconds = 45;

/**
 * So long after an interaction may have been asked for, no task found means that there was none. A task that has ended is
 * deleted five minutes later. (https://www.twilio.com/docs/taskrouter/lifecycle-task-state, read 2026-11)
 */
export const taskIsEvidenceSeconds = 4 * 60;

export type Claim =
  | { readonly kind: 'mine'; readonly request: SmsRequest }
  | { readonly kind: 'held'; readonly retryAfterSeconds: number }
  | { readonly kind: 'another-request' }
  | { readonly kind: 'done'; readonly ids: SmsRequestIds };

/** What a run makes of a key: the request that it may save as its own, or why it may not. */
export function claim(
  stored: SmsRequest | undefined,
  asked: Pick<SmsRequest, 'hash' | 'fingerprint' | 'holder'>,
  now: Date,
): Claim {
  const known = stored !== undefined && stored.expiresAt > now ? stored : undefined;
  const held = { ...asked, heldUntil: secondsAfter(now, holdSeconds) };
  if (known === undefined || known.progress.kind === 'free') {
    const version = stored?.version ?? 0;
    const expiresAt = secondsAfter(now, keptSeconds);
    return { kind: 'mine', request: { ...held, version, progress: { kind: 'claimed' }, expiresAt } };
  }
  if (known.fingerprint !== asked.fingerprint) return { kind: 'another-request' };
  if (known.progress.kind === 'done') return { kind: 'done', ids: known.progress.ids };
  if (known.heldUntil > now) return { kind: 'held', retryAfterSeconds: secondsUntil(known.heldUntil, now) };
  return { kind: 'mine', request: { ...known, ...held } };
}

/** The request one step further, still held. */
export function advanced(request: SmsRequest, progress: SmsProgress, now: Date): SmsRequest {
  const seconds = isAsking(progress) ? holdSendingSeconds : holdSeconds;
  return { ...request, progress, heldUntil: secondsAfter(now, seconds) };
}

/** From the question on, how long Twilio has to show what it made of it, when a run lost its answer. */
const showSeconds = 15;

/**
 * The request as a run leaves it that could not end it: what surely reached nobody is free again. `isAnswered` says that
 * Twilio has answered whatever it was asked for.
 */
export function letGo(request: SmsRequest, now: Date, { isAnswered }: { readonly isAnswered: boolean }): SmsRequest {
  const { progress } = request;
  if (progress.kind === 'claimed') return { ...request, progress: { kind: 'free' }, heldUntil: now };
  return { ...request, heldUntil: isAsking(progress) && !isAnswered ? secondsAfter(progress.since, showSeconds) : now };
}

function isAsking(progress: SmsProgress): progress is Extract<SmsProgress, { readonly since: Date }> {
  return progress.kind === 'sending' || progress.kind === 'saying';
}

function secondsUntil(later: Date, now: Date): number {
  return Math.max(1, Math.ceil((later.getTime() - now.getTime()) / 1000));
}
