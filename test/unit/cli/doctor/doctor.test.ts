import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { areas } from '../../../../cli/doctor/check.ts';
import type { Check } from '../../../../cli/doctor/check.ts';
import { allChecks } from '../../../../cli/doctor/checks/all-checks.ts';
import { examine } from '../../../../cli/doctor/examine.ts';
import { findingLines } from '../../../../cli/doctor/finding-lines.ts';
import { ok, warning } from '../../../../cli/doctor/finding.ts';
import { coloursFor } from '../../../../local/terminal/colours.ts';
import { inMemoryLedger } from '../../../support/ledger/in-memory-ledger.ts';
import { fakeConnection } from '../fake-connection.ts';
import { run } from '../run-typed.ts';
import { openWard } from './examined.ts';
import type { Ward } from './examined.ts';

function connectionWith(counts: Readonly<Record<string, number>>, ledger = inMemoryLedger()) {
  return fakeConnection({ ledger, installation: { putAside: async (of) => counts[of] ?? 0 } });
}

async function ledgerSweptAt(sweptUntil: string) {
  const ledger = inMemoryLedger();
  await ledger.saveSweepControl({ version: 0, sweptUntil: new Date(sweptUntil), daysToCompare: [] });
  return ledger;
}

describe('doctor', () => {
  it('prints a line a finding below its area, what to do below that, and counts', async () => {
    const ledger = await ledgerSweptAt('2026-11-20T11:42:00Z');

    const answer = await run(['doctor', '--only', 'pipeline'], connectionWith({ quarantine: 3 }, ledger));

    expect(answer.code).toBe(0);
    expect(answer.out).toBe(
      [
        'pipeline',
        '  warning quarantine: 3 messages of senders that were not proved',
        '            → see quarantine-share in docs/runbook.md; when its cause is',
        '            mended: npm run cli -- redrive quarantine',
        '  ok      dead letters: there are none',
        '  ok      reconcile: recordings until 18 min ago are compared with the ledger',
        '  ok      deletion breaker: it is closed',
        '  ok      report targets: none is disabled',
        '',
        '4 ok, 1 warning, 0 failed, 0 skipped',
        '',
      ].join('\n'),
    );
  });

  it('names the pipeline in what there is to type', async () => {
    const answer = await run(['doctor', '--only', 'pipeline', '--stage', 'dev'], connectionWith({ quarantine: 3 }));

    expect(answer.out.replace(/\s+/g, ' ')).toContain('npm run cli -- redrive quarantine --stage dev');
  });

  it('exits 1 when something has failed', async () => {
    const answer = await run(
      ['doctor', '--only', 'pipeline'],
      connectionWith({}, await ledgerSweptAt('2026-11-20T10:00:00Z')),
    );

    expect(answer.code).toBe(1);
    expect(answer.out).toContain('1 failed, 0 skipped\n');
  });

  it('answers one JSON object, and nothing else', async () => {
    const answer = await run(['doctor', '--only', 'pipeline', '--json'], connectionWith({ quarantine: 3 }));

    const said = JSON.parse(answer.out);
    expect(said).toMatchObject({ pipeline: 'a fake', counts: { ok: 3, warning: 2, failed: 0, skipped: 0 } });
    expect(said.findings[0]).toEqual({
      ...{ area: 'pipeline', name: 'quarantine', kind: 'warning' },
      seen: '3 messages of senders that were not proved',
      todo: 'see quarantine-share in docs/runbook.md; when its cause is mended: npm run cli -- redrive quarantine',
    });
  });

  it.each([
    [['--only', 'archiv'], '--only archiv: there is no such area; did you mean archive?'],
    [['--only', 'pipeline,xyz'], '--only xyz: there is no such area; there are twilio, pipeline'],
    [['--wait', '5'], '--wait is an option of --first-call'],
    [['--first-call', '--only', 'archive'], '--only cannot be given with --first-call'],
  ])('refuses %j before it asks anybody', async (typed, text) => {
    const answer = await run(['doctor', ...typed], new Error('nobody is asked'));

    expect(answer.code).toBe(2);
    expect(answer.err).toContain(text);
  });

  it('says in --help what it sends', async () => {
    const { out } = await run(['doctor', '--help']);

    expect(out.replace(/\s+/g, ' ')).toContain('test events of our own and a form that is none of TaskRouter');
    expect(out.replace(/\s+/g, ' ')).toContain("one test event of Twilio's to our sink");
  });
});

describe('an examination', () => {
  let ward: Ward;
  beforeEach(async () => void (ward = await openWard()));
  afterEach(() => ward.close());

  async function linesOf(checks: readonly Check[]): Promise<readonly string[]> {
    const lines: string[] = [];
    const colours = coloursFor({ isTty: false, noColor: '1' });
    await examine(checks, ward.patient(), {
      report: (one) => void lines.push(...findingLines(one, colours)),
      underWay: () => undefined,
    });
    return lines;
  }

  it('takes what a check throws for its finding, and goes on', async () => {
    const lines = await linesOf([
      { name: 'first', area: 'twilio', run: async () => Promise.reject(new TypeError('x is not a function')) },
      { name: 'second', area: 'twilio', run: async () => ok('well') },
    ]);

    expect(lines).toEqual([
      '  failed  first: x is not a function',
      '            → put that right, and repeat',
      '  ok      second: well',
    ]);
  });

  it('waits no longer for a check than its time', async () => {
    const lines = await linesOf([
      { name: 'stuck', area: 'twilio', limitSeconds: 0, run: () => new Promise(() => undefined) },
      { name: 'second', area: 'twilio', run: async () => ok('well') },
    ]);

    expect(lines[0]).toBe('  failed  stuck: no answer within 0 s');
    expect(lines.at(-1)).toBe('  ok      second: well');
  });

  it('runs some at a time, and reports in the order of the list', async () => {
    let running = 0;
    let most = 0;
    const order: (() => void)[] = [];
    const check = (name: string): Check => ({
      ...{ name, area: 'twilio' },
      async run() {
        running += 1;
        most = Math.max(most, running);
        await new Promise<void>((resolve) => {
          order.push(resolve);
          // Whoever began last ends first, as soon as as many as may are under way, or none is left to begin.
          if (running === 6 || name === 'j')
            setImmediate(() =>
              order
                .splice(0)
                .reverse()
                .forEach((end) => end()),
            );
          else if (most === 6) setImmediate(() => order.splice(0).forEach((end) => end()));
        });
        running -= 1;
        return warning(`${name} was looked at`, 'nothing');
      },
    });

    const lines = await linesOf([...'abcdefghij'].map(check));

    expect(most).toBe(6);
    expect(lines.filter((line) => line.includes('warning')).map((line) => line.at(10))).toEqual([...'abcdefghij']);
  });
});

describe('the list of checks', () => {
  it('has each name once, and those of an area together', () => {
    const names = allChecks.map(({ name }) => name);
    const seen = allChecks.map(({ area }) => area).filter((area, place, all) => area !== all[place - 1]);

    expect(new Set(names).size).toBe(names.length);
    expect(seen).toEqual(areas);
  });

  it('is the table of docs/doctor.md, area by area', () => {
    const text = readFileSync(join(import.meta.dirname, '../../../../docs/doctor.md'), 'utf8');
    const rows = text.split(/^## /m).flatMap((section) => {
      const [area = ''] = section.split('\n');
      return [...section.matchAll(/^\| ([^|]+?) +\|/gm)].map(([, name = '']) => ({ area, name }));
    });
    const listed = rows.filter(({ name }) => name !== 'check' && !/^-+$/.test(name));

    expect(listed.filter(({ area }) => areas.some((one) => one === area))).toEqual(
      allChecks.map(({ area, name }) => ({ area, name })),
    );
  });
});
