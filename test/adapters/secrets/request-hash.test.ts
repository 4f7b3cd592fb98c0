import { createHmac } from 'node:crypto';
import { hmacRequestHash } from '../../../lambdas/shared/adapters/secrets/request-hash.ts';
import { memorySecret } from '../../support/runtime/memory-secret.ts';

const key = Buffer.alloc(32, 7).toString('base64');
const hash = hmacRequestHash(memorySecret({ key }));

describe('the hash of a request', () => {
  it('is the first 128 bits of an HMAC-SHA256 with the subject-index key', async () => {
    const whole = createHmac('sha256', Buffer.alloc(32, 7)).update('sms-key:["crm","k-1"]').digest('hex');

    expect(await hash.of('sms-key', ['crm', 'k-1'])).toBe(whole.slice(0, 32));
  });

  it('tells texts apart however they are cut, and by what they are hashed for', async () => {
    const hashes = await Promise.all([
      hash.of('sms-key', ['a', 'bc']),
      hash.of('sms-key', ['ab', 'c']),
      hash.of('sms-key', ['abc']),
      hash.of('sms-request', ['a', 'bc']),
    ]);

    expect(new Set(hashes).size).toBe(4);
  });

  it('is another one under another key', async () => {
    const other = hmacRequestHash(memorySecret({ key: Buffer.alloc(32, 8).toString('base64') }));

    expect(await other.of('sms-key', ['crm', 'k-1'])).not.toBe(await hash.of('sms-key', ['crm', 'k-1']));
  });
});
