import { accountSid, recordingSid } from './sids.ts';
import type { AccountSid, RecordingSid } from './sids.ts';

interface ArchivedCall {
  readonly accountSid: AccountSid;
  readonly recordingSid: RecordingSid;
  readonly startedAt: Date;
}

/**
 * Where a recording lies in the archive bucket, for ever: `{AC}/{yyyy}/{mm}/{dd}/{RE}.wav`.
 *
 * The day is the UTC day on which the recording began, from the Recording resource, never the day we copied it: a
 * replay months later writes to the same key and finds the object there.
 */
export function archiveKey(call: ArchivedCall): string {
  const day = call.startedAt.toISOString().slice(0, 10).replaceAll('-', '/');
  return `${call.accountSid}/${day}/${call.recordingSid}.wav`;
}

/** Where a recording's ciphertext lies, beside where its sound would. */
export function ciphertextKey(audioKey: string): string {
  return `${audioKey}.enc`;
}

/** The JSON that lies beside the audio, or its ciphertext, and is enough to rebuild the ledger from the bucket. */
export function sidecarKey(audioKey: string): string {
  return audioKey.replace(/\.wav(\.enc)?$/, '.json');
}

/** The reverse of `archiveKey` and `ciphertextKey`; undefined for every other key. `day` is `yyyy-mm-dd`. */
export function parseArchiveKey(
  key: string,
): { readonly accountSid: AccountSid; readonly recordingSid: RecordingSid; readonly day: string } | undefined {
  const [, account, year, month, day, recording] =
    /^([^/]+)\/(\d{4})\/(\d\d)\/(\d\d)\/([^/]+)\.wav(?:\.enc)?$/.exec(key) ?? [];
  if (!accountSid.is(account) || !recordingSid.is(recording)) return undefined;
  return { accountSid: account, recordingSid: recording, day: `${year}-${month}-${day}` };
}
