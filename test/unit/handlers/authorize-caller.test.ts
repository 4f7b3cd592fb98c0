import { authorizeCaller } from '../../../lambdas/authorize-caller/handler.ts';
import { RetryableError } from '../../../lambdas/shared/domain/outcome.ts';
import { memorySecret } from '../../support/runtime/memory-secret.ts';

const crm = 'the-token-of-the-crm-is-this-long';
const billing = 'the-token-of-billing-is-this-long';
const apiKeyPrefix = 'flex-task-pipeline-dev-';

const world = (
  callers: Readonly<Record<string, { current: string; previous?: string }>>,
  known = ['crm', 'billing'],
) => {
  const secret = memorySecret({ callers });
  return { secret, check: authorizeCaller({ secret, callers: known, apiKeyPrefix }) };
};

describe('authorize-caller', () => {
  it.each([
    ['crm', `Bearer ${crm}`],
    ['billing', `Bearer ${billing}`],
    ['billing', `bearer   ${billing} `],
  ])('admits %s by its own token, with the key of its own usage plan', async (caller, authorization) => {
    const { check } = world({ crm: { current: crm }, billing: { current: billing } });

    expect(await check(authorization)).toEqual({
      kind: 'admitted',
      caller,
      apiKey: `flex-task-pipeline-dev-${caller}`,
    });
  });

  it.each([
    ['another token', `Bearer ${crm}x`],
    ['the beginning of a token', `Bearer ${crm.slice(0, -1)}`],
    ['no token', 'Bearer '],
    ['two tokens', `Bearer ${crm} ${billing}`],
    ['a token under another scheme', `Basic ${crm}`],
    ['a token alone', crm],
    ['nothing', ''],
  ])('knows nobody by %s', async (_title, authorization) => {
    const { check } = world({ crm: { current: crm }, billing: { current: billing } });

    expect(await check(authorization)).toEqual({ kind: 'unknown-token' });
  });

  it('admits by the token of before while a token is changed, and no longer', async () => {
    const { check, secret } = world({ crm: { current: billing, previous: crm } });
    expect(await check(`Bearer ${crm}`)).toMatchObject({ kind: 'admitted', caller: 'crm' });
    expect(await check(`Bearer ${billing}`)).toMatchObject({ kind: 'admitted', caller: 'crm' });

    secret.rotate({ callers: { crm: { current: billing } } });
    await secret.fresh();

    expect(await check(`Bearer ${crm}`)).toEqual({ kind: 'unknown-token' });
  });

  it('looks for a token that nobody has in the secret as it is now, and for no other', async () => {
    const { check, secret } = world({ crm: { current: crm } });
    await check(`Bearer ${crm}`);
    expect(secret.freshReads).toBe(0);
    secret.rotate({ callers: { crm: { current: billing, previous: crm } } });

    expect(await check(`Bearer ${billing}`)).toMatchObject({ kind: 'admitted', caller: 'crm' });
    expect(secret.freshReads).toBe(1);
  });

  it('does not admit a caller of the secret’s whom the stage does not know', async () => {
    const { check } = world({ crm: { current: crm }, billing: { current: billing } }, ['crm']);

    expect(await check(`Bearer ${billing}`)).toEqual({ kind: 'unknown-caller', caller: 'billing' });
  });

  it('admits nobody when the secret cannot be read', async () => {
    const unreadable = async () => {
      throw new RetryableError('the secret cannot be read', { reason: 'secret-unreadable' });
    };
    const check = authorizeCaller({
      secret: { current: unreadable, fresh: unreadable },
      callers: ['crm'],
      apiKeyPrefix,
    });

    await expect(check(`Bearer ${crm}`)).rejects.toThrow('the secret cannot be read');
  });
});
