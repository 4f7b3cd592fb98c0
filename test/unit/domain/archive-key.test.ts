import { archiveKey, parseArchiveKey, sidecarKey } from '../../../lambdas/shared/domain/archive-key.ts';
import { sids } from '../../support/example-sids.ts';

const account = 'AC00000000000000000000000000000001';
const recording = 'RE00000000000000000000000000000001';

describe('an archive key', () => {
  it.each([
    ['the last second of a leap day', '2028-02-29T23:59:59.999Z', '2028/02/29'],
    ['the first second of a year', '2027-01-01T00:00:00.000Z', '2027/01/01'],
    ['a time that is already tomorrow in UTC', '2026-03-02T23:30:00-05:00', '2026/03/03'],
  ])('holds the UTC day on which the recording began: %s', (_what, startedAt, day) => {
    const key = archiveKey({
      accountSid: sids.account(),
      recordingSid: sids.recording(),
      startedAt: new Date(startedAt),
    });

    expect(key).toBe(`${account}/${day}/${recording}.wav`);
  });

  it('has its sidecar beside it', () => {
    expect(sidecarKey(`${account}/2026/03/02/${recording}.wav`)).toBe(`${account}/2026/03/02/${recording}.json`);
  });

  it.each([
    ['a sidecar', `${account}/2026/03/02/${recording}.json`],
    ['a parked message', 'parked/enrich-task/0c2f.json'],
    ['another kind of SID', `${account}/2026/03/02/CA00000000000000000000000000000001.wav`],
    ['a day of one digit', `${account}/2026/3/2/${recording}.wav`],
    ['something before it', `x/${account}/2026/03/02/${recording}.wav`],
    ['something after it', `${account}/2026/03/02/${recording}.wav.part`],
  ])('is not read from %s', (_what, key) => {
    expect(parseArchiveKey(key)).toBeUndefined();
  });
});
