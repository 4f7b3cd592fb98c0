import { certificateOf } from '../../lambdas/shared/domain/erasure/certificate.ts';
import type { ErasureItem, ErasureRequest } from '../../lambdas/shared/domain/erasure/erasure-request.ts';
import { counted } from '../../local/terminal/words.ts';

/** One erasure as a person reads it: how far it is, what stands against it, what is left and for whom. */
export function erasureLines(request: ErasureRequest): readonly string[] {
  const { counts, remaining, lastCopyEndsAt, askFor } = certificateOf(request);
  return [
    headLine(request),
    `gone: ${counted(counts.recordings, 'recording')}, ${counted(counts.transcripts, 'transcript')}, ` +
      `${counted(counts.objects, 'object')} in S3, ${counted(counts.messages, 'message')}`,
    ...request.items.filter(({ state }) => state.kind !== 'erased').map(itemLine),
    ...(request.state === 'open'
      ? []
      : [
          ...remaining.map(
            ({ what, of, why, until }) =>
              `left: ${what}${of === undefined ? '' : ` ${of}`}, ${why}; ${until === undefined ? 'no end is known' : `ends ${until.toISOString()}`}`,
          ),
          lastCopyEndsAt === undefined
            ? 'the last copy has no end yet'
            : `the last copy ends ${lastCopyEndsAt.toISOString()}`,
          ...askFor.calabrio.map(
            ({ ccrId, recordingSid }) => `for Calabrio: delete contact ${ccrId} (${recordingSid})`,
          ),
          `for Twilio: ${askFor.twilio}`,
          `for Insights: ${askFor.insights}`,
        ]),
  ];
}

export function listLines(requests: readonly ErasureRequest[]): readonly string[] {
  return requests.length === 0 ? ['no erasure was ever asked for'] : requests.map(headLine);
}

function headLine({ erasureId, state, requestedAt, requestedBy, why, dueAt, items }: ErasureRequest): string {
  const again = dueAt === undefined ? '' : `, taken up again ${dueAt.toISOString()}`;
  const all = counted(items.length, 'recording or transcript', 'recordings and transcripts');
  return `${erasureId}  ${state}${again}; ${all}, asked for ${requestedAt.toISOString()} by ${requestedBy}: ${why}`;
}

function itemLine({ sid, state }: ErasureItem): string {
  switch (state.kind) {
    case 'open':
      return `${sid}  is still to go`;
    case 'held':
      return `${sid}  stays: held for ${state.matters.join(', ')}${state.begunAt === undefined ? '' : ', which came too late: part of it, or all, is gone'}`;
    case 'locked':
      return `${sid}  stays: under a ${state.mode} lock${state.until === undefined ? '' : ` until ${state.until.toISOString()}`}`;
    case 'erased':
      return `${sid}  is gone`;
  }
}
