import { RetryableError } from '../../../../lambdas/shared/domain/outcome.ts';
import { sids } from '../../../support/example-sids.ts';
import { inMemoryWorkers } from '../../../support/fakes/in-memory-workers.ts';
import type { InMemoryWorkers } from '../../../support/fakes/in-memory-workers.ts';
import { inMemoryLedger } from '../../../support/ledger/in-memory-ledger.ts';
import { fakeConnection } from '../fake-connection.ts';
import { run } from '../run-typed.ts';

const whole = '{"team_id":"1","team_name":"Sales","department_id":"2","phone":"+12025550143"}';

function workersWith(attributes: Readonly<Record<string, string>>): InMemoryWorkers {
  const workers = inMemoryWorkers();
  for (const [place, [friendlyName, text]] of Object.entries(attributes).entries())
    workers.put({ workerSid: sids.worker(place + 1), friendlyName, activityName: 'Available', attributes: text });
  return workers;
}

const lint = (workers: InMemoryWorkers, ...words: readonly string[]) =>
  run(['workers', 'lint', ...words], fakeConnection({ ledger: inMemoryLedger(), workers }), { pause: async () => {} });

describe('workers lint', () => {
  it('has nothing to say of workers that are well', async () => {
    const { code, out } = await lint(workersWith({ ada: whole }), '--strict');

    expect([code, out]).toEqual([0, '1 worker of a fake: 0 errors, 0 warnings, 0 notes\n']);
  });

  it('tells of a shared number, of ids that are missing and of a secret, each by its worker', async () => {
    const workers = workersWith({
      ada: whole,
      grace: '{"phone":"+1 (202) 555-0143","rd_auth_token":"not-a-real-token"}',
      broken: 'oops',
    });

    const { code, out } = await lint(workers, '--json');

    const answer: { findings: readonly { path: string; rule: string; level: string }[] } = JSON.parse(out);
    expect(code).toBe(1);
    expect(answer).toMatchObject({ workers: 3, errors: 2 });
    expect(answer.findings.map(({ path, rule }) => `${path} ${rule}`)).toEqual(
      expect.arrayContaining([
        'ada.phone duplicate-phone',
        'grace.phone duplicate-phone',
        'grace.team_id team-missing',
        'grace.department_id department-missing',
        'grace.rd_auth_token secret-in-attributes',
        'broken.attributes not-an-object',
      ]),
    );
    expect(out).not.toContain('not-a-real-token');
  });

  it('exits 1 for warnings only when it is asked to be strict', async () => {
    const workers = workersWith({ ada: '{"team_id":"1"}' });

    expect((await lint(workers)).code).toBe(0);
    expect((await lint(workers, '--strict')).code).toBe(1);
  });

  it('is patient with Twilio, and changes nothing there', async () => {
    const workers = workersWith({ ada: whole });
    workers.failNext('list', new RetryableError('429', { reason: 'twilio-rate-limited' }));

    expect((await lint(workers)).code).toBe(0);
    expect(workers.writes).toEqual([]);
  });
});
