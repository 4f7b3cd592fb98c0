import fc from 'fast-check';
import { archiveKey, parseArchiveKey } from '../../../lambdas/shared/domain/archive-key.ts';
import { accountSid, recordingSid } from '../../../lambdas/shared/domain/sids.ts';

const hex = fc.stringMatching(/^[0-9a-f]{32}$/);

describe('an archive key', () => {
  it('is read back as the account, recording and UTC day that it was made of', () => {
    const started = fc.date({
      min: new Date('2000-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59Z'),
      noInvalidDate: true,
    });

    fc.assert(
      fc.property(hex, hex, started, (account, recording, startedAt) => {
        const call = {
          accountSid: accountSid(`AC${account}`),
          recordingSid: recordingSid(`RE${recording}`),
          startedAt,
        };

        expect(parseArchiveKey(archiveKey(call))).toEqual({
          accountSid: `AC${account}`,
          recordingSid: `RE${recording}`,
          day: startedAt.toISOString().slice(0, 10),
        });
      }),
    );
  });

  it('is the only kind of text that is read as one', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parseArchiveKey(text)).toBeUndefined();
      }),
    );
  });
});
