import type { RefusalReason } from '../../../lambdas/shared/domain/refusals.ts';
import type { Fact } from './facts.ts';
import { heard } from './heard.ts';

/** Rule 1: the copy is proved, and is what Twilio says the source is. */
export function copyReasons(facts: readonly Fact[]): readonly RefusalReason[] {
  let copy: Extract<Fact['says'], { kind: 'copy' | 'copy-doubted' }> | undefined;
  let verifiedAt: number | undefined;
  for (const { says, at } of facts) {
    if (says.kind === 'copy-doubted') copy = says;
    // What is verified stays so until it is doubted.
    if (says.kind === 'copy' && !(copy?.kind === 'copy' && copy.state === 'verified')) copy = says;
    if (copy === says) verifiedAt = at;
  }
  if (copy === undefined || verifiedAt === undefined) return ['archive-unverified'];
  if (copy.kind === 'copy-doubted') return [mismatch(copy.what)];
  if (copy.state === 'mismatched') return [copy.what === undefined ? 'archive-mismatched' : mismatch(copy.what)];
  if (copy.state !== 'verified') return ['archive-unverified'];
  const source = heard(facts, 'source').map(({ says }) => says);
  const channels = source.find((says) => says.channels !== undefined)?.channels;
  const seconds = source.find((says) => says.durationSeconds !== undefined)?.durationSeconds;
  return [
    ...(copy.isVersionUnknown === true ? ['archive-version-unknown' as const] : []),
    ...(copy.sizeBytes === 0 ? ['archive-size-mismatch' as const] : []),
    ...((copy.channels ?? 2) === channels ? [] : ['archive-channels-mismatch' as const]),
    ...(seconds !== undefined && Math.abs((copy.durationSeconds ?? 100) - seconds) <= 1
      ? []
      : ['archive-duration-mismatch' as const]),
  ];
}

function mismatch(what: 'size' | 'hash' | 'channels' | 'duration' | 'header' | 'missing'): RefusalReason {
  return what === 'missing' ? 'archive-missing' : `archive-${what}-mismatch`;
}

/** When the copy that counts was verified. */
export function copyVerifiedAt(facts: readonly Fact[]): number {
  const first = facts.find(({ says }) => says.kind === 'copy' && says.state === 'verified');
  const doubt = facts.findLastIndex(({ says }) => says.kind === 'copy-doubted');
  const again = facts.slice(doubt + 1).find(({ says }) => says.kind === 'copy' && says.state === 'verified');
  return (doubt === -1 ? first : again)?.at ?? 0;
}
