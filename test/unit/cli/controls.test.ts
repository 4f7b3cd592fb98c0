import { fakeConnection } from './fake-connection.ts';
import { run } from './run-typed.ts';
import { newDeletionControl } from '../../../lambdas/shared/domain/deletion-control.ts';
import { examplePolicy } from '../../support/example-policy.ts';
import { sids } from '../../support/example-sids.ts';
import { inMemoryLedger } from '../../support/ledger/in-memory-ledger.ts';

const at = new Date('2026-11-20T11:30:00Z');
const target = { name: 'warehouse', url: 'https://warehouse.example.com/statuses', disabledAt: at };

async function ledgerWithOpenBreaker() {
  const ledger = inMemoryLedger();
  await ledger.saveDeletionControl({
    ...newDeletionControl(at),
    hour: { startedAt: new Date('2026-11-20T11:00:00Z'), begun: 7 },
    attempts: [{ at, recordingSid: sids.recording(3), end: 'gone-external' }],
    breaker: { state: 'open', openedAt: at, why: '5 of the last 20 deletions were refused' },
    provedIngests: [sids.recording(1), sids.recording(2)],
  });
  return ledger;
}

async function ledgerWithDisabledTarget() {
  const ledger = inMemoryLedger();
  await ledger.saveTargetControl({ version: 0, disabled: [target] });
  return ledger;
}

describe('breaker', () => {
  it('shows why it is open, the last attempts, the hour’s count and the proof, and exits 1', async () => {
    const policy = examplePolicy({ hourlyCap: 50, ingestProof: 20 });

    const answer = await run(['breaker'], fakeConnection({ ledger: await ledgerWithOpenBreaker(), policy }));

    expect(answer.code).toBe(1);
    expect(answer.out).toContain('breaker          open\n');
    expect(answer.out).toContain('opened           2026-11-20T11:30:00.000Z\n');
    expect(answer.out).toContain('5 of the last 20 deletions were refused');
    expect(answer.out).toContain('7 of 50 allowed, in the hour from 2026-11-20T11:00:00.000Z');
    expect(answer.out).toContain('proof of ingest  2 of 20 wanted');
    expect(answer.out).toContain(`${sids.recording(3)}  2026-11-20T11:30:00.000Z  gone-external`);
  });

  it('is closed by a person who says who, once', async () => {
    const ledger = await ledgerWithOpenBreaker();
    const connection = fakeConnection({ ledger });

    const first = await run(['breaker', '--close', '--who', 'Grace Example'], connection);
    const closed = await ledger.readDeletionControl();
    const second = await run(['breaker', '--close', '--who', 'Alan Example'], connection);

    expect(first.code).toBe(0);
    expect(first.out).toContain('was open and is closed now');
    expect(closed).toMatchObject({ breaker: { state: 'closed', closedBy: 'Grace Example' }, attempts: [] });
    expect(second.out).toContain('was closed: nothing was changed');
    expect(await ledger.readDeletionControl()).toEqual(closed);
  });

  it('closes the breaker although a function saves meanwhile', async () => {
    const ledger = await ledgerWithOpenBreaker();
    let saves = 0;
    const contended: typeof ledger = {
      ...ledger,
      async saveDeletionControl(control) {
        saves += 1;
        const current = await ledger.readDeletionControl();
        if (saves === 1 && current !== undefined) await ledger.saveDeletionControl({ ...current, provedIngests: [] });
        return ledger.saveDeletionControl(control);
      },
    };

    const answer = await run(['breaker', '--close', '--who', 'Grace Example'], fakeConnection({ ledger: contended }));

    expect(answer.code).toBe(0);
    expect(await ledger.readDeletionControl()).toMatchObject({ breaker: { state: 'closed' }, provedIngests: [] });
  });

  it('is closed where nothing was ever deleted', async () => {
    const answer = await run(['breaker', '--json']);

    expect(answer.code).toBe(0);
    expect(JSON.parse(answer.out)).toMatchObject({ breaker: { state: 'closed' }, attempts: [], provedIngests: [] });
  });

  it('wants to know who closes it', async () => {
    const answer = await run(['breaker', '--close']);

    expect(answer.code).toBe(2);
    expect(answer.err).toContain('--who is missing');
  });
});

describe('targets', () => {
  it('lists those that are disabled, and exits 1', async () => {
    const answer = await run(['targets'], fakeConnection({ ledger: await ledgerWithDisabledTarget() }));

    expect(answer.code).toBe(1);
    expect(answer.out).toContain(
      'warehouse        2026-11-20T11:30:00.000Z\n  https://warehouse.example.com/statuses\n',
    );
  });

  it('enables one and keeps who did', async () => {
    const ledger = await ledgerWithDisabledTarget();

    const answer = await run(
      ['targets', '--enable', 'warehouse', '--who', 'Grace Example'],
      fakeConnection({ ledger }),
    );

    expect(answer).toMatchObject({ code: 0, out: 'warehouse gets messages again\nno target is disabled\n' });
    expect(await ledger.readTargetControl()).toMatchObject({
      disabled: [],
      lastEnabled: {
        name: 'warehouse',
        enabledBy: 'Grace Example',
        enabledAt: new Date('2026-11-20T12:00:00Z'),
      },
    });
  });

  it('says which are disabled when another is named, and changes nothing', async () => {
    const ledger = await ledgerWithDisabledTarget();

    const answer = await run(['targets', '--enable', 'warehose', '--who', 'Grace'], fakeConnection({ ledger }));

    expect(answer.code).toBe(2);
    expect(answer.err).toContain('no disabled target is called "warehose"; there are warehouse');
    expect(await ledger.readTargetControl()).toMatchObject({ version: 1, disabled: [{ name: 'warehouse' }] });
  });

  it('says that none is disabled', async () => {
    expect(await run(['targets'])).toEqual({ code: 0, out: 'no target is disabled\n', err: '' });
  });
});
