import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { PermanentError, RetryableError } from '../../../../lambdas/shared/domain/outcome.ts';
import { UnreachableError } from '../../../../cli/unreachable-error.ts';
import { sids } from '../../../support/example-sids.ts';
import { inMemoryWorkers } from '../../../support/fakes/in-memory-workers.ts';
import type { InMemoryWorkers } from '../../../support/fakes/in-memory-workers.ts';
import { inMemoryLedger } from '../../../support/ledger/in-memory-ledger.ts';
import { fakeConnection } from '../fake-connection.ts';
import { run } from '../run-typed.ts';

const roster = 'worker,team_id,team_name\nada,2,Sales\ngrace,2,Sales\n';

let dir = '';
let file = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'roster-'));
  file = join(dir, 'roster.csv');
  writeFileSync(file, roster);
});
afterEach(() => rmSync(dir, { recursive: true }));

/** Ada, whose team is another, and Grace, who is as the roster says. */
function newWorkers(): InMemoryWorkers {
  const workers = inMemoryWorkers();
  const put = (n: number, friendlyName: string, attributes: string): void =>
    workers.put({ workerSid: sids.worker(n), friendlyName, activityName: 'Available', attributes });
  put(1, 'ada', '{"rd_auth_token":"not-a-real-token","team_id":"1","big":12345678901234567890}');
  put(2, 'grace', '{"team_id":"2","team_name":"Sales"}');
  return workers;
}

/** Types `workers sync`; a person at the terminal answers with `answers`, and without them nobody is there. */
async function sync(
  words: readonly string[],
  workers: InMemoryWorkers = newWorkers(),
  answers?: string,
): Promise<{ readonly code: number; readonly out: string; readonly err: string; readonly pauses: readonly number[] }> {
  const pauses: number[] = [];
  const stdin = Object.assign(Readable.from([answers ?? '']), { isTTY: answers !== undefined });
  const result = await run(['workers', 'sync', ...words], fakeConnection({ ledger: inMemoryLedger(), workers }), {
    stdin,
    pause: async (seconds) => void pauses.push(seconds),
  });
  return { ...result, pauses };
}

const adaChange = {
  line: 2,
  worker: 'ada',
  workerSid: sids.worker(1),
  attributes: [
    { path: 'team_id', before: '1', after: '2' },
    { path: 'team_name', after: 'Sales' },
  ],
};

describe('workers sync', () => {
  it('shows what would change, with both warnings, changes nothing, and says so by its exit code', async () => {
    const workers = newWorkers();

    const { code, out } = await sync([file], workers);

    expect(code).toBe(1);
    expect(out).toContain('1 worker to change, 1 as the roster says');
    expect(out).toContain(`ada (${sids.worker(1)}), line 2\n  team_id: "1" → "2"\n  team_name: nothing → "Sales"\n`);
    expect(out).toContain('writes their attributes anew at every login');
    expect(out).toContain('only after that agent has logged in and changed status');
    expect(workers.writes).toEqual([]);
  });

  it('writes what it showed when the person says yes, and leaves everything else to the letter', async () => {
    const workers = newWorkers();

    const { code, out, err } = await sync([file, '--apply'], workers, 'yes\n');

    expect(code).toBe(0);
    expect(err).toContain('Write the attributes of 1 worker? [y/N]');
    expect(out).toContain('1 worker written');
    expect(workers.writes).toEqual([
      {
        workerSid: sids.worker(1),
        attributes: '{"rd_auth_token":"not-a-real-token","team_id":"2","big":12345678901234567890,"team_name":"Sales"}',
        etag: '"0"',
      },
    ]);
  });

  it.each(['n\n', '\n', 'maybe\n', ''])('writes nothing when the person answers %j', async (answer) => {
    const workers = newWorkers();

    expect((await sync([file, '--apply'], workers, answer)).code).toBe(1);
    expect(workers.writes).toEqual([]);
  });

  it('asks nobody where nobody is, and says how to go on', async () => {
    const workers = newWorkers();

    const { code, err } = await sync([file, '--apply'], workers);

    expect(code).toBe(2);
    expect(err).toContain('--yes');
    expect(workers.writes).toEqual([]);
  });

  it('does not ask with --yes, and has nothing to do the second time', async () => {
    const workers = newWorkers();

    expect((await sync([file, '--apply', '--yes'], workers)).code).toBe(0);
    const second = await sync([file, '--apply'], workers);

    expect(second.code).toBe(0);
    expect(second.out).toContain('0 workers to change, 2 as the roster says');
    expect(workers.writes).toHaveLength(1);
  });

  it('ends with one line of JSON, which names what would be changed', async () => {
    const { code, out } = await sync([file, '--json']);

    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      changes: [adaChange],
      applied: false,
      unchanged: 1,
      faults: [],
      findings: [],
      warnings: [expect.stringContaining('SSO'), expect.stringContaining('changed status')],
    });
    expect(out.trim().split('\n')).toHaveLength(1);
  });

  it('ends with one line of JSON, which names what was changed', async () => {
    const { code, out } = await sync([file, '--json', '--apply', '--yes']);

    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ changes: [adaChange], applied: true });
  });

  it('names whom it does not know, and says by its exit code that not all was followed', async () => {
    writeFileSync(file, 'worker,team_id\nada,2\nnobody,2\n');

    const { code, out } = await sync([file, '--apply', '--yes']);

    expect(code).toBe(1);
    expect(out).toContain('line 3, "nobody": no worker of the workspace has this friendly name');
    expect(out).toContain('1 worker written');
  });

  it('goes on after a worker that Twilio refuses', async () => {
    writeFileSync(file, 'worker,team_id\nada,7\ngrace,7\n');
    const workers = newWorkers();
    const refused = new PermanentError('Twilio refused the attributes', { reason: 'worker-attributes-refused' });
    workers.failNext('replaceAttributes', refused);

    const { code, out } = await sync([file, '--apply', '--yes'], workers);

    expect(code).toBe(1);
    expect(out).toContain('1 worker written, 1 not');
    expect(out).toContain('line 2, "ada": Twilio refused the attributes');
    expect(workers.writes.map(({ workerSid }) => workerSid)).toEqual([sids.worker(2)]);
  });

  it('writes on what the attributes are by then', async () => {
    const workers = newWorkers();
    workers.beforeNextReplace(() => workers.changeElsewhere(sids.worker(1), '{"login":1}'));

    expect((await sync([file, '--apply', '--yes'], workers)).code).toBe(0);

    expect(workers.attributesOf(sids.worker(1))).toBe('{"login":1,"team_id":"2","team_name":"Sales"}');
  });

  it('waits as long as Twilio says', async () => {
    const workers = newWorkers();
    for (const retryAfterSeconds of [7, undefined])
      workers.failNext('list', new RetryableError('429', { reason: 'twilio-rate-limited', retryAfterSeconds }));

    const { code, pauses } = await sync([file, '--json'], workers);

    expect(code).toBe(1);
    expect(pauses).toEqual([7, 2]);
  });

  it('gives up on a Twilio that stays away, and at once where waiting cures nothing', async () => {
    const away = newWorkers();
    for (let n = 0; n < 6; n += 1)
      away.failNext('list', new RetryableError('Twilio is away', { reason: 'twilio-unavailable' }));
    const locked = newWorkers();
    locked.failNext('list', new RetryableError('Twilio answered 401', { reason: 'twilio-credentials' }));

    const [gaveUp, refused] = [await sync([file], away), await sync([file], locked)];

    expect([gaveUp.code, gaveUp.pauses]).toEqual([3, [1, 2, 4, 8, 16]]);
    expect(gaveUp.err).toContain('Twilio is away');
    expect([refused.code, refused.pauses]).toEqual([3, []]);
  });

  it('is 3 when the pipeline cannot be reached', async () => {
    expect((await run(['workers', 'sync', file], new UnreachableError('no such stage'))).code).toBe(3);
  });

  it.each([
    [[], 'wants one roster'],
    [['a.csv', 'b.csv'], 'wants one roster'],
    [['/nowhere/roster.csv'], '/nowhere/roster.csv'],
    [['roster.csv', '--yes'], '--yes goes with --apply'],
    [['-', '--apply'], '--apply wants --yes'],
  ])('is 2 when it is typed as %j', async (words, why) => {
    const { code, err } = await sync(words);

    expect(code).toBe(2);
    expect(err).toContain(why);
  });

  it('reads standard input where that is named', async () => {
    const workers = newWorkers();
    const stdin = Readable.from([roster]);

    const { code } = await run(
      ['workers', 'sync', '-', '--apply', '--yes'],
      fakeConnection({ ledger: inMemoryLedger(), workers }),
      { stdin },
    );

    expect(code).toBe(0);
    expect(workers.writes).toHaveLength(1);
  });
});
