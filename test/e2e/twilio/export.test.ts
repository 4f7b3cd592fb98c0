import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { call, everythingByName, the } from './everything.ts';
import { meaninglessChanges } from './meaningless-changes.ts';
import { apply, plan, runTwilio, wired } from './run-twilio.ts';
import { startWiredAccount } from './wired-account.ts';
import type { WiredAccount } from './wired-account.ts';

describe('an account that is written down', () => {
  let account: WiredAccount;
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'exported-'));
    account = await startWiredAccount();
    await apply(account);
    await meaninglessChanges(account);
  });
  afterEach(async () => {
    await account.stop();
    await rm(folder, { recursive: true });
  });

  const exported = async (...more: readonly string[]) => {
    const out = path.join(folder, 'exported.json');
    const ran = await runTwilio(account, ['export', '--public-url', account.publicUrl, '--out', out, ...more]);
    return { ...ran, out, file: JSON.parse(await readFile(out, 'utf8')) };
  };

  it('has nothing to do by what was written, and nothing in it that is not there', async () => {
    const { code, out } = await exported('--with-workers');

    const planned = await plan(account, '--config', out);

    expect(code).toBe(0);
    expect([planned.code, planned.json.changes, planned.json.unmanaged]).toEqual([0, [], []]);
  });

  it('makes another account the same', async () => {
    const { out } = await exported('--with-workers');
    const other = await startWiredAccount(2);

    const applied = await apply(other, '--config', out);
    const planned = await plan(other, '--config', out);

    expect([applied.code, planned.code, planned.json.changes]).toEqual([0, 0, []]);
    await other.stop();
  });

  it('has no workers in it unless they are asked for, and says so', async () => {
    const { file, err } = await exported();

    expect(Object.keys(file)).toEqual([
      ...['workspace', 'activities', 'taskChannels', 'taskQueues', 'workflows', 'events', 'messaging'],
    ]);
    expect(err).toContain('workers are left out: --with-workers writes them');
    expect(JSON.stringify(file)).not.toContain('Jamie');
  });

  it('has no secret in it, and says what is left out', async () => {
    const all = await everythingByName(account);
    const base = `/v1/Workspaces/${String(the(all, 'workspace/Customer Support')['sid'])}`;
    await call(account, 'POST', `${base}/Workflows/${String(the(all, 'workflow/Sales Calls')['sid'])}`, {
      AssignmentCallbackUrl: 'https://us:hush-hush@assign.example.com/',
    });
    await call(account, 'POST', `${base}/Workers/${String(the(all, 'worker/Jamie')['sid'])}`, {
      Attributes: '{"phone":"+12025550143","api_secret":"hush-hush","id":12345678901234567890}',
    });

    const { out, err } = await exported('--with-workers');
    const text = await readFile(out, 'utf8');
    const planned = await plan(account, '--config', out);

    expect(text).not.toContain('hush-hush');
    expect(text).toContain('12345678901234567890');
    expect(err).toContain('workflow "Sales Calls": https://us:***@assign.example.com/ is left out');
    expect(err).toContain('worker "Jamie": api_secret is left out');
    expect([planned.code, planned.json.changes]).toEqual([0, []]);
  });

  it('is printed where no file is named, and never over a file that is there', async () => {
    const printed = await runTwilio(account, ['export', '--workspace', 'Customer Support']);
    const out = path.join(folder, 'there.json');
    await writeFile(out, 'mine');
    const refused = await runTwilio(account, ['export', '--out', out]);

    expect(JSON.parse(printed.out)).toMatchObject({ workspace: { name: 'Customer Support' } });
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('is there already: name a new file')]);
    expect(await readFile(out, 'utf8')).toBe('mine');
  });

  it('is one that was named, where the account has several', async () => {
    await call(account, 'POST', '/v1/Workspaces', { FriendlyName: 'Another' });

    const unclear = await runTwilio(account, ['export']);
    const unknown = await runTwilio(account, ['export', '--workspace', 'Customers']);
    const stage = await runTwilio(account, ['export', ...wired]);

    expect(unclear.err).toContain(
      'the account has 2 workspaces, Customer Support, Another: choose one with --workspace',
    );
    expect(unknown.err).toContain(`--workspace "Customers": the account's workspaces are Customer Support, Another`);
    expect(stage.err).toContain('the account has no such workspace');
    expect([unclear.code, unknown.code, stage.code]).toEqual([1, 1, 1]);
  });
});
