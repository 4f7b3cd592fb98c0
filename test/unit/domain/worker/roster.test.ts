import { asRostered, planRoster } from '../../../../lambdas/shared/domain/worker/roster.ts';
import type { ListedWorker, Roster, RosterRow } from '../../../../lambdas/shared/domain/worker/roster.ts';
import { sids } from '../../../support/example-sids.ts';

const worker = (n: number, friendlyName: string, attributes: string): ListedWorker => ({
  workerSid: sids.worker(n),
  friendlyName,
  attributes,
});

const row = (key: string, wanted: RosterRow['wanted'], changes: Partial<RosterRow> = {}): RosterRow => ({
  line: 2,
  key,
  wanted,
  cut: [],
  faults: [],
  ...changes,
});

const byName = (...rows: readonly RosterRow[]): Roster => ({ key: 'worker', rows });

const ada = worker(1, 'ada', '{"contact_uri":"client:ada","email":"Ada@Example.com","team_id":"1"}');
const grace = worker(2, 'grace', '{"contact_uri":"client:grace","email":"grace@example.com","phone":"+12025550144"}');

describe("a roster's plan", () => {
  it('names what would change of each worker, before and after, and counts those who are right already', () => {
    const plan = planRoster(
      byName(row('ada', { team_id: '2', team_name: 'Sales' }), row('grace', { phone: '+12025550144' }, { line: 3 })),
      [ada, grace],
    );

    expect(plan).toMatchObject({
      changes: [
        {
          worker: 'ada',
          workerSid: sids.worker(1),
          changes: [
            { path: 'team_id', before: '1', after: '2' },
            { path: 'team_name', after: 'Sales' },
          ],
        },
      ],
      faults: [],
      unchangedCount: 1,
      findings: [],
    });
  });

  it('is empty once it has been followed', () => {
    const only = row('ada', { team_id: '2', team_name: 'Sales', experience_level: 9 });
    const { attributes } = asRostered(JSON.parse(ada.attributes), only);

    expect(planRoster(byName(only), [worker(1, 'ada', JSON.stringify(attributes))])).toEqual({
      changes: [],
      faults: [],
      unchangedCount: 1,
      findings: [],
    });
  });

  it('leaves every attribute that the roster does not name', () => {
    expect(
      asRostered({ rd_auth_token: 't', team_id: '1', routing: { skills: ['a'] } }, row('ada', { team_id: '2' })),
    ).toMatchObject({ attributes: { rd_auth_token: 't', team_id: '2', routing: { skills: ['a'] } } });
  });

  it.each([
    ['worker', 'ada'],
    ['contact_uri', 'client:ada'],
    ['email', 'ada@example.COM'],
  ] as const)('finds a worker by %s', (key, text) => {
    const plan = planRoster({ key, rows: [row(text, { team_id: '2' })] }, [ada, grace]);

    expect(plan.changes.map(({ workerSid }) => workerSid)).toEqual([sids.worker(1)]);
  });

  it.each([
    ['an unknown worker', byName(row('Ada', { team_id: '2' })), 'no worker of the workspace has this friendly name'],
    [
      'a worker whose row is there twice',
      byName(row('ada', { team_id: '2' }), row('ada', { team_id: '3' }, { line: 5 })),
      'line 5 means the same worker',
    ],
    [
      'an address that two workers have',
      { key: 'email', rows: [row('both@example.com', { team_id: '2' })] } satisfies Roster,
      'left, right have this email',
    ],
    ['a worker whose attributes cannot be read', byName(row('broken', { team_id: '2' })), 'are not JSON'],
    [
      'attributes that would be too large',
      byName(row('full', { team_name: 'x'.repeat(100) })),
      'TaskRouter allows 4096',
    ],
    [
      'a row that cannot be read',
      byName(row('ada', {}, { faults: ['phone is "12"', 'and more'] })),
      'phone is "12"; and more',
    ],
  ])('is not followed for %s', (_case, roster, why) => {
    const others = [
      worker(3, 'left', '{"email":"both@example.com"}'),
      worker(4, 'right', '{"email":"Both@example.com"}'),
      worker(5, 'broken', 'oops'),
      worker(6, 'full', JSON.stringify({ pad: 'x'.repeat(4000) })),
    ];

    const plan = planRoster(roster, [ada, grace, ...others]);

    expect(plan.changes).toEqual([]);
    expect(plan.faults[0]).toMatchObject({ line: 2, why: expect.stringContaining(why) });
  });

  it('has 4,096 characters of attributes and not one more', () => {
    const frame = '{"pad":"","team_id":"1"}'.length;
    const padded = (n: number) => [worker(1, 'ada', JSON.stringify({ pad: 'x'.repeat(n - frame) }))];
    const roster = byName(row('ada', { team_id: '1' }));

    expect(planRoster(roster, padded(4096)).changes).toHaveLength(1);
    expect(planRoster(roster, padded(4097)).faults).toHaveLength(1);
  });

  it('tells of a number that two agents would share, and of a name that would not be shown', () => {
    const plan = planRoster(byName(row('ada', { phone: '+12025550144', department_name: 'Care' })), [ada, grace]);

    expect(plan.findings.map(({ path, rule }) => [path, rule])).toEqual([
      ['ada.phone', 'duplicate-phone'],
      ['ada.department_name', 'department-id-missing'],
    ]);
  });
});
