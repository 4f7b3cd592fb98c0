import { RetryableError } from '../shared/domain/outcome.ts';
import { advanced, claim, letGo } from '../shared/domain/sms-request.ts';
import type { Claim, SmsProgress, SmsRequest } from '../shared/domain/sms-request.ts';
import type { SmsRequests } from '../shared/ports/sms-requests.ts';

/** How far one request got, written down before and after whatever reaches anybody. */
export interface Journal {
  /** How far an earlier run got. */
  readonly from: SmsProgress;
  /** @throws {RetryableError} `sms-request-taken` when another run has taken the request over: then nothing may be sent. */
  write(progress: SmsProgress): Promise<void>;
  /** For a run that could not end it: the next one need not wait until this one would have been killed. */
  letGo(how: { readonly isAnswered: boolean }): Promise<void>;
}

/** Of a request without an idempotency key nothing is written down: each is one of its own. */
export const noJournal: Journal = {
  from: { kind: 'claimed' },
  write: async () => undefined,
  letGo: async () => undefined,
};

interface JournalSettings {
  readonly requests: SmsRequests;
  readonly asked: Pick<SmsRequest, 'hash' | 'fingerprint' | 'holder'>;
  readonly now: () => Date;
}

/** The journal of a request that this run may work on, or why it may not. */
export async function openJournal(
  settings: JournalSettings,
): Promise<
  | { readonly kind: 'open'; readonly journal: Journal; readonly forgottenAt: Date }
  | Exclude<Claim, { readonly kind: 'mine' }>
> {
  const { requests, asked, now } = settings;
  const claimed = claim(await requests.read(asked.hash), asked, now());
  if (claimed.kind !== 'mine') return claimed;
  const saved = await saveAsMine(requests, claimed.request);
  // Somebody was faster by a moment, and has just begun.
  if (saved === undefined) return { kind: 'held', retryAfterSeconds: 1 };
  return { kind: 'open', journal: journalOf(settings, saved), forgottenAt: saved.expiresAt };
}

function journalOf({ requests, now }: JournalSettings, opened: SmsRequest): Journal {
  let current = opened;
  const save = async (next: SmsRequest): Promise<void> => {
    const saved = await saveAsMine(requests, next);
    if (saved === undefined)
      throw new RetryableError('another run has taken this request to send a message over', {
        reason: 'sms-request-taken',
      });
    current = saved;
  };
  return {
    from: opened.progress,
    write: (progress) => save(advanced(current, progress, now())),
    letGo: (how) => save(letGo(current, now(), how)),
  };
}

/**
 * The request as it is stored now; undefined when another run was faster. A conflict may be with our own write, whose
 * answer was lost and which the SDK made again.
 */
async function saveAsMine(requests: SmsRequests, request: SmsRequest): Promise<SmsRequest | undefined> {
  const version = request.version + 1;
  if ((await requests.save(request)) === 'saved') return { ...request, version };
  const stored = await requests.read(request.hash);
  return stored?.holder === request.holder && stored.version === version ? stored : undefined;
}
