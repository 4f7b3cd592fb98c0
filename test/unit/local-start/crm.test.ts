import { startCrm } from '../../../local/crm/crm.ts';
import type { Crm } from '../../../local/crm/crm.ts';
import { handClock } from '../../support/twilio/hand-clock.ts';

describe('the customer database of a local run', () => {
  let crm: Crm;
  beforeEach(async () => {
    crm = await startCrm({ clock: handClock(0), authorization: 'Bearer t' });
    crm.know('+12025550143', { customer_id: 'C-1' });
  });
  afterEach(() => crm.close());

  const ask = (phone: string, authorization = 'Bearer t', signal?: AbortSignal): Promise<Response> =>
    fetch(crm.urlTemplate.replace('{phone}', encodeURIComponent(phone)), {
      headers: { authorization },
      ...(signal && { signal }),
    });

  it('knows whom it was told of, and nobody else', async () => {
    const known = await ask('+12025550143');

    expect(known.status).toBe(200);
    expect(await known.json()).toEqual({ customer_id: 'C-1' });
    expect((await ask('+12025550144')).status).toBe(404);
  });

  it('tells nothing to who does not bring its token', async () => {
    expect((await ask('+12025550143', 'Bearer other')).status).toBe(401);
  });

  it('fails of one number so many times as it is told to, and then no more', async () => {
    crm.fault('+12025550143', 2, { kind: 'status', status: 500 });

    const phones = ['+12025550143', '+12025550144', '+12025550143', '+12025550143'];
    for (const phone of phones) await ask(phone);

    expect(crm.answers()).toEqual([500, 404, 500, 200]);
  });

  it('is too slow for who does not wait, and knows that nobody did', async () => {
    crm.fault('+12025550143', 1, { kind: 'slow', delayMs: 200 });

    await expect(ask('+12025550143', 'Bearer t', AbortSignal.timeout(20))).rejects.toThrow(/timeout/);

    while (crm.answers().length === 0) await new Promise((resolve) => void setImmediate(resolve));
    expect(crm.answers()).toEqual([0]);
  });
});
