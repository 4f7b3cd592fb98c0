import { account, openWard, stage, workspace } from './examined.ts';
import type { Ward } from './examined.ts';
import { newTask } from '../../../../lambdas/shared/domain/task-life.ts';
import type { TaskRecord } from '../../../../lambdas/shared/domain/task-record.ts';
import { sids } from '../../../support/example-sids.ts';

const at = new Date('2026-11-19T09:00:00Z');

function endedTask(number: number, link: Partial<TaskRecord['link']>): TaskRecord {
  const of = { taskSid: sids.task(number), accountSid: account, workspaceSid: workspace };
  return {
    ...newTask(of, at),
    recordings: [
      { recordingSid: sids.recording(number), foundBy: 'segment-link', kind: 'conference', isAbsent: false },
    ],
    link: { state: 'written', writes: 1, ...link },
    endedAt: new Date('2026-11-19T09:05:00Z'),
    endedBy: 'completed',
  };
}

describe('doctor on Insights', () => {
  let ward: Ward;
  beforeEach(async () => void (ward = await openWard()));
  afterEach(() => ward.close());

  it('counts the links that were in time', async () => {
    const none = await ward.diagnose('links in time');
    await ward.ledger.saveTask(endedTask(1, {}));
    const good = await ward.diagnose('links in time');
    await ward.ledger.saveTask(endedTask(2, { state: 'late' }));
    await ward.ledger.saveTask(endedTask(3, { state: 'missed' }));
    const late = await ward.diagnose('links in time');
    const off = await ward.diagnose('links in time', { stage: { linkMode: 'none' } });

    expect(none).toContain('skipped links in time: no task with a recording has ended');
    expect(good).toContain('ok links in time: of the last 1 task with a recording each had its link within the 120 s');
    expect(good).toContain('within an hour, or 15 minutes after a ticket to Twilio');
    expect(late).toContain(
      'warning links in time: 2 of the last 3 tasks with a recording had no link within the 120 s',
    );
    expect(late).toMatch(/such as WT0{31}[23] → see links-too-late/);
    expect(off).toBe('skipped links in time: the stage writes no link');
  });

  it('sees that somebody else writes links', async () => {
    await ward.ledger.saveTask(endedTask(1, {}));
    const good = await ward.diagnose('other writers of links');
    await ward.ledger.saveTask(endedTask(2, { state: 'overwritten', writes: 5 }));
    await ward.ledger.saveTask(endedTask(3, { writes: 3 }));
    const fought = await ward.diagnose('other writers of links');

    expect(good).toBe('ok other writers of links: on the last 1 task with a link nobody put another in its place');
    expect(fought).toContain(
      'warning other writers of links: on 2 of the last 3 tasks somebody else wrote over our link',
    );
    expect(fought).toContain('→ find the plug-in, flow or function');
  });

  it('names the plug-ins to look at', async () => {
    const url = 'https://assets.example.com/plugin.js';
    const none = await ward.diagnose('Flex plug-ins');
    ward.twilio.account.addPlugin({ uniqueName: 'customer-card', version: '1.2.0', url });
    const harmless = await ward.diagnose('Flex plug-ins');
    ward.twilio.account.addPlugin({ uniqueName: 'dual-channel-recording', version: '2.0.1', url });
    const suspected = await ward.diagnose('Flex plug-ins');

    expect(none).toBe('ok Flex plug-ins: none is released');
    expect(harmless).toContain(
      'ok Flex plug-ins: by their names none of these writes media or segment_link: customer-card 1.2.0',
    );
    expect(suspected).toContain('warning Flex plug-ins: look at these: dual-channel-recording 2.0.1 →');
  });

  it('warns of single sign-on where workers are written to', async () => {
    const writes = { enrichment: { ...stage.enrichment, workerWrites: true } };

    expect(await ward.diagnose('single sign-on')).toContain(
      "ok single sign-on: the stage writes no worker's attribute",
    );
    expect(await ward.diagnose('single sign-on', { stage: writes })).toContain(
      "warning single sign-on: the stage writes workers' attributes",
    );
  });
});
