import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lintRoster } from '../../../../lambdas/shared/domain/insights/lint-roster.ts';
import { lintWorkerAttributes } from '../../../../lambdas/shared/domain/insights/lint-worker-attributes.ts';
import { parseTaskAttributes } from '../../../../lambdas/shared/domain/task-attributes.ts';
import type { TaskAttributes } from '../../../../lambdas/shared/domain/task-attributes.ts';

function fixture(file: string): TaskAttributes {
  const read = parseTaskAttributes(readFileSync(join(import.meta.dirname, '../../../fixtures', file), 'utf8'));
  if (read.kind !== 'object') throw new Error(read.why);
  return read.attributes;
}

function said(attributes: TaskAttributes): readonly string[] {
  return lintWorkerAttributes(attributes).map(({ level, rule, path }) => `${level} ${rule} ${path}`);
}

describe('lintWorkerAttributes', () => {
  it.each<[string, readonly string[]]>([
    ['insights/documented-worker', []],
    [
      'tasks/worker-snake-case',
      ['note near-key roles', 'warning hierarchy-separator team_name_in_hierarchy', 'note near-key department'],
    ],
    [
      'tasks/worker',
      ['note near-key roles', 'warning hierarchy-separator team_name_in_hierarchy', 'note near-key department'],
    ],
    [
      'tasks/worker-with-disabled-skill',
      ['note near-key roles', 'warning hierarchy-separator team_name_in_hierarchy', 'note near-key department'],
    ],
    ['tasks/primary-worker', []],
  ])('%s has exactly its known faults', (file, faults) => {
    expect(said(fixture(`${file}.json`))).toEqual(faults);
  });

  it('leaves the smallest worker in peace', () => {
    expect(said({ phone: '+12025550181', languages: ['english'] })).toEqual([]);
  });

  it.each(['team', 'department'])('shows a %s beside its id alone', (unit) => {
    expect(said({ [`${unit}_name`]: 'Sales' })).toEqual([`error ${unit}-id-missing ${unit}_name`]);
    expect(said({ [`${unit}_name`]: 'Sales', [`${unit}_id`]: '1' })).toEqual([]);
  });

  it('says that without a team the queue is taken for one', () => {
    expect(lintWorkerAttributes({ team_name: 'Sales' })[0]?.message).toContain("the queue's SID is taken");
  });

  it('knows three slots of each kind', () => {
    expect(said({ agent_attribute_3: 'a', agent_label_3: 'b' })).toEqual([]);
    expect(said({ agent_attribute_4: 'a', agent_label_4: 'b' })).toEqual([
      'error unknown-key agent_attribute_4',
      'error unknown-key agent_label_4',
    ]);
  });

  it('judges values as of tasks', () => {
    expect(said({ agent_attribute_1: 'GUID 00000000-0000-4000-8000-000000000001', role: ['admin'] })).toEqual([
      'warning high-cardinality agent_attribute_1',
      'error wrong-type role',
    ]);
    expect(said({ role: 'a'.repeat(128) })).toEqual([]);
    expect(said({ role: 'a'.repeat(129) })).toEqual(['warning too-long role']);
  });

  it('tells of keys that were nearly right, and not beside the right one', () => {
    expect(said({ teamName: 'Sales' })).toEqual(['note near-key teamName']);
    expect(said({ teamName: 'Sales', team_name: 'Sales', team_id: '1' })).toEqual([]);
  });
});

describe('lintRoster', () => {
  const whole = { team_id: '1', department_id: '2' };

  it('finds one number with two agents, however it is spelt', () => {
    const findings = lintRoster([
      { name: 'ada', attributes: { ...whole, phone: '+12025550181' } },
      { name: 'grace', attributes: { ...whole, phone: '+1 (202) 555-0181' } },
      { name: 'linus', attributes: { ...whole, phone: '+12025550182' } },
      { name: 'none', attributes: whole },
      { name: 'nor', attributes: { ...whole, phone: '' } },
    ]);

    expect(findings.map(({ level, rule, path, value }) => [level, rule, path, value])).toEqual([
      ['warning', 'duplicate-phone', 'ada.phone', '+12025550181'],
      ['warning', 'duplicate-phone', 'grace.phone', '+1 (202) 555-0181'],
    ]);
    expect(findings[0]?.message).toMatch(/^grace has the same number/);
  });

  it('finds agents without team_id or department_id', () => {
    const findings = lintRoster([
      { name: 'ada', attributes: { team_id: '1', department_id: '' } },
      { name: 'grace', attributes: { department_id: '2' } },
      { name: 'linus', attributes: whole },
    ]);

    expect(findings.map(({ level, rule, path }) => `${level} ${rule} ${path}`)).toEqual([
      'warning department-missing ada.department_id',
      'warning team-missing grace.team_id',
    ]);
  });
});
