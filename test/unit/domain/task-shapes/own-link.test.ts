import { toE164In } from '../../../../lambdas/shared/adapters/phone/to-e164.ts';
import { readCanonicalTask } from '../../../../lambdas/shared/domain/task-shapes/read-canonical-task.ts';

const has = { toE164: toE164In('US'), channel: 'default' };
const twilios = 'https://api.twilio.com/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef/Recordings';
const recording = `RE${'1a'.repeat(16)}`;

/** A community's call of yesterday, whose task is named by an address. */
function pastCall(segmentLink: string, rd: object) {
  return { name: 'ada@example.com', direction: 'inbound', rd, conversations: { segment_link: segmentLink } };
}

describe('a past call whose link the archive has replaced by its own', () => {
  it.each([
    ['with a call detail', { call_detail_id: 2132424 }],
    ['without', { client_id: 1 }],
  ])('reads as it did before, %s', (_case, rd) => {
    const before = readCanonicalTask(pastCall(`${twilios}/${recording}`, rd), has).task;
    const after = readCanonicalTask(pastCall(`https://recordings.example.com/v1/r/${recording}?k=k1.x`, rd), has).task;

    expect(before).toMatchObject({
      medium: 'voice',
      processing: { medium: 'call', timing: 'past', basis: 'recording' },
    });
    expect(after).toEqual(before);
  });
});
