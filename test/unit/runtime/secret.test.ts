import { inspect } from 'node:util';
import { Secret } from '../../../lambdas/shared/runtime/secret.ts';

describe('a secret', () => {
  const secret = new Secret({ authToken: '0123456789abcdef' });

  it.each([
    ['as a text', () => String(secret)],
    ['as JSON', () => JSON.stringify({ secret })],
    ['inspected', () => inspect({ secret }, { showHidden: true, depth: 9 })],
    ['among the keys of its object', () => Object.entries(secret).join()],
    ['inspected inside an error', () => inspect(new Error('failed', { cause: secret }))],
  ])('does not show %s', (_name, print) => {
    expect(print()).not.toContain('0123456789abcdef');
  });

  it('says that there is something to hide', () => {
    expect(String(secret)).toBe('[secret]');
    expect(JSON.stringify([secret])).toBe('["[secret]"]');
  });

  it('is given away by reveal alone', () => {
    expect(secret.reveal()).toEqual({ authToken: '0123456789abcdef' });
  });
});
