import { parseRecordingCallback } from '../../../lambdas/shared/messages/recording-callback.ts';
import type { ProvedWebhook } from '../../../lambdas/shared/messages/gateway-envelope.ts';
import { sids } from '../../support/example-sids.ts';
import { provedWebhook } from '../../support/proved-webhook.ts';

const callback = (fields: Record<string, string>): ProvedWebhook =>
  provedWebhook('twilio/recording-events', new URLSearchParams(fields).toString());

// Fields as listed in https://www.twilio.com/docs/voice/api/recording, read 2026-11.
const conference = {
  AccountSid: sids.account(),
  RecordingSid: sids.recording(),
  ConferenceSid: sids.conference(),
  RecordingUrl: 'https://evil.example/sound.wav',
  RecordingStatus: 'completed',
  RecordingDuration: '876',
  RecordingChannels: '1',
  RecordingStartTime: 'Mon, 02 Mar 2026 10:00:00 -0700',
  RecordingSource: 'Conference',
};

describe('a recording callback', () => {
  it('of a conference says what was recorded, and its URL is not read', () => {
    const read = parseRecordingCallback(callback(conference));

    expect(read).toEqual({
      accountSid: sids.account(),
      recordingSid: sids.recording(),
      source: {
        status: 'completed',
        conferenceSid: sids.conference(),
        channels: 1,
        durationSeconds: 876,
        startedAt: new Date('2026-03-02T17:00:00Z'),
        origin: 'Conference',
      },
    });
  });

  it('may name a call, a conference, or both', () => {
    const { ConferenceSid: _none, ...call } = { ...conference, CallSid: sids.call() };

    expect(parseRecordingCallback(callback(call)).source).toMatchObject({ callSid: sids.call() });
    expect(parseRecordingCallback(callback({ ...conference, CallSid: sids.call() })).source).toMatchObject({
      callSid: sids.call(),
      conferenceSid: sids.conference(),
    });
  });

  it.each(['in-progress', 'paused', 'completed', 'absent', 'failed'])(
    'of status %s is understood',
    (RecordingStatus) => {
      expect(parseRecordingCallback(callback({ ...conference, RecordingStatus })).source.status).toBe(RecordingStatus);
    },
  );

  it('of an absent recording says why', () => {
    expect(
      parseRecordingCallback(callback({ ...conference, RecordingStatus: 'absent', ErrorCode: '16101' })).source
        .errorCode,
    ).toBe('16101');
  });

  it('keeps of its source and error nothing but a word: they lie beside the sound for ever', () => {
    const over = { RecordingSource: 'for Ada Example', ErrorCode: '+12025550143' };

    expect(parseRecordingCallback(callback({ ...conference, ...over })).source).not.toHaveProperty('origin');
    expect(parseRecordingCallback(callback({ ...conference, ...over })).source).not.toHaveProperty('errorCode');
  });

  it.each([
    ['an unknown status', { RecordingStatus: 'finished' }, 'unknown-recording-status'],
    ['no status', { RecordingStatus: '' }, 'unknown-recording-status'],
    ['a recording SID with another prefix', { RecordingSid: sids.call() }, 'invalid-sid'],
    ['no account', { AccountSid: '' }, 'invalid-sid'],
  ])('with %s is parked by name', (_case, over, reason) => {
    expect(() => parseRecordingCallback(callback({ ...conference, ...over }))).toThrow(
      expect.objectContaining({ name: 'PermanentError', reason }),
    );
  });
});
