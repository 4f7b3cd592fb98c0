import { taskSid } from '../../../lambdas/shared/domain/sids.ts';
import { startControlServer } from '../../../local/control-server.ts';
import type { ControlServer } from '../../../local/control-server.ts';

const task = taskSid(`WT${'1'.repeat(32)}`);

describe('the control server', () => {
  let server: ControlServer;
  let runs = 0;
  const events: unknown[] = [];
  beforeAll(async () => {
    const reconcile = async (event: unknown) => {
      runs += 1;
      events.push(event);
      if (runs > 1) throw new Error('the function failed');
      return { movedToParked: 0 };
    };
    const lastAttributes = (sid: string) =>
      sid === task ? ({ kind: 'at-twilio', attributes: '{}' } as const) : undefined;
    server = await startControlServer({ reconcile, lastAttributes }, 'right');
  });
  afterAll(() => server.close());

  const ask = (path: string, method = 'GET', token = 'right', body?: string) =>
    fetch(`${server.url}${path}`, {
      ...{ method, headers: { authorization: `Bearer ${token}` } },
      ...(body !== undefined && { body }),
    });

  it('gives a task’s last attributes', async () => {
    const answer = await ask(`/tasks/${task}/attributes`);

    expect(await answer.json()).toEqual({ kind: 'at-twilio', attributes: '{}' });
  });

  it('runs reconcile with what was asked for, and says so when it failed', async () => {
    expect(await (await ask('/reconcile', 'POST', 'right', '{"run":"daily"}')).json()).toEqual({ movedToParked: 0 });

    const failed = await ask('/reconcile', 'POST');

    expect(failed.status).toBe(500);
    expect(await failed.json()).toEqual({ error: 'the function failed' });
    expect(events).toEqual([{ run: 'daily' }, {}]);
  });

  it.each([
    ['a task that is unknown', `/tasks/WT${'2'.repeat(32)}/attributes`, 'GET', 'right'],
    ['another path', '/', 'GET', 'right'],
    ['another method', '/reconcile', 'GET', 'right'],
    ['another token', `/tasks/${task}/attributes`, 'GET', 'wrong'],
  ])('answers %s with 404', async (_, path, method, token) => {
    expect((await ask(path, method, token)).status).toBe(404);
  });
});
