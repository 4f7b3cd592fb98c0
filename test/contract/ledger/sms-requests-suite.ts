import { interactionChannelSid, interactionSid } from '../../../lambdas/shared/domain/sids.ts';
import type { SmsProgress, SmsRequest } from '../../../lambdas/shared/domain/sms-request.ts';
import type { SmsRequests } from '../../../lambdas/shared/ports/sms-requests.ts';
import { sids } from '../../support/example-sids.ts';

const at = new Date('2026-11-20T10:00:00.500Z');
const ids = {
  interactionSid: interactionSid(`KD${'1'.repeat(32)}`),
  channelSid: interactionChannelSid(`UO${'1'.repeat(32)}`),
  taskSid: sids.task(),
  conversationSid: sids.conversation(),
  messageSid: `IM${'1'.repeat(32)}`,
  isReused: true,
};

export const exampleSmsRequest = (facts: Partial<SmsRequest> = {}): SmsRequest => ({
  hash: 'a'.repeat(32),
  fingerprint: 'b'.repeat(32),
  version: 0,
  holder: 'request-1',
  heldUntil: new Date('2026-11-20T10:00:30.500Z'),
  progress: { kind: 'claimed' },
  expiresAt: new Date('2026-11-21T10:00:00.500Z'),
  ...facts,
});

/** What every store of requests to send a message promises. */
export function smsRequestsSuite(name: string, empty: () => Promise<SmsRequests>): void {
  describe(`${name}`, () => {
    it('knows no request at first', async () => {
      expect(await (await empty()).read('a'.repeat(32))).toBeUndefined();
    });

    it.each<SmsProgress>([
      { kind: 'free' },
      { kind: 'claimed' },
      { kind: 'sending', since: at },
      { kind: 'sending', since: at, into: sids.conversation() },
      { kind: 'started', ids: { taskSid: sids.task(), isReused: false } },
      { kind: 'saying', since: at, ids: { conversationSid: sids.conversation(), isReused: true } },
      { kind: 'done', ids },
    ])('reads a request back as it was saved: %j', async (progress) => {
      const requests = await empty();

      expect(await requests.save(exampleSmsRequest({ progress }))).toBe('saved');

      expect(await requests.read('a'.repeat(32))).toEqual(exampleSmsRequest({ progress, version: 1 }));
      expect(await requests.read('c'.repeat(32))).toBeUndefined();
    });

    it('saves the version that it has and no other', async () => {
      const requests = await empty();
      await requests.save(exampleSmsRequest());

      expect(await requests.save(exampleSmsRequest({ holder: 'request-2' }))).toBe('conflict');
      expect(await requests.save(exampleSmsRequest({ holder: 'request-2', version: 2 }))).toBe('conflict');
      expect(await requests.save(exampleSmsRequest({ holder: 'request-2', version: 1 }))).toBe('saved');

      expect(await requests.read('a'.repeat(32))).toMatchObject({ holder: 'request-2', version: 2 });
    });

    it('lets one of all who claim a key at once have it', async () => {
      const requests = await empty();
      const holders = ['one', 'two', 'three', 'four', 'five'];

      const saved = await Promise.all(holders.map((holder) => requests.save(exampleSmsRequest({ holder }))));

      expect(saved.filter((result) => result === 'saved')).toHaveLength(1);
    });
  });
}
