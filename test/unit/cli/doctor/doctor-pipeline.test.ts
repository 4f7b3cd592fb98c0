import { openWard } from './examined.ts';
import type { Ward } from './examined.ts';
import { newDeletionControl } from '../../../../lambdas/shared/domain/deletion-control.ts';

const at = new Date('2026-11-20T11:00:00Z');

describe('doctor on the pipeline’s own work', () => {
  let ward: Ward;
  beforeEach(async () => void (ward = await openWard()));
  afterEach(() => ward.close());

  const aside = (counts: Readonly<Record<string, number>>) => ({
    installation: { putAside: async (of: string) => counts[of] ?? 0 },
  });

  it('counts what was put aside', async () => {
    const some = aside({ quarantine: 3, 'link-recording': 1, 'enrich-task': 2 });

    expect(await ward.diagnose('quarantine')).toBe('ok quarantine: it is empty');
    expect(await ward.diagnose('dead letters')).toBe('ok dead letters: there are none');
    expect(await ward.diagnose('quarantine', some)).toContain(
      'warning quarantine: 3 messages of senders that were not proved',
    );
    expect(await ward.diagnose('dead letters', some)).toContain(
      'warning dead letters: there are some of enrich-task (2), link-recording (1)',
    );
  });

  it.each([
    ['2026-11-20T11:42:00Z', 'ok reconcile: recordings until 18 min ago are compared'],
    ['2026-11-20T11:20:00Z', 'failed reconcile: only recordings until 40 min ago are compared'],
  ])('looks how far reconcile has come: %s', async (sweptUntil, text) => {
    await ward.ledger.saveSweepControl({ version: 0, sweptUntil: new Date(sweptUntil), daysToCompare: [] });

    expect(await ward.diagnose('reconcile')).toContain(text);
  });

  it('warns where reconcile never ran', async () => {
    expect(await ward.diagnose('reconcile')).toContain('warning reconcile: it has never compared a recording');
  });

  it('names an open breaker and disabled targets', async () => {
    const closed = await ward.diagnose('deletion breaker');
    const enabled = await ward.diagnose('report targets');
    const breaker = { state: 'open', openedAt: at, why: 'too many' } as const;
    await ward.ledger.saveDeletionControl({ ...newDeletionControl(at), breaker });
    const disabled = [{ name: 'warehouse', url: 'https://warehouse.example.com', disabledAt: at }];
    await ward.ledger.saveTargetControl({ version: 0, disabled });

    expect(closed).toBe('ok deletion breaker: it is closed');
    expect(enabled).toBe('ok report targets: none is disabled');
    expect(await ward.diagnose('deletion breaker')).toContain(
      'warning deletion breaker: it is open: nothing is deleted at Twilio',
    );
    expect(await ward.diagnose('report targets')).toContain('warning report targets: disabled: warehouse');
  });
});
