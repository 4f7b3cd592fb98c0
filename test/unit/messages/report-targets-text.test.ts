import { readReportTargetsText, reportTargetsVariable } from '../../../lambdas/shared/messages/report-targets-text.ts';

const target = {
  name: 'warehouse',
  url: 'https://reports.example.com/hooks?tenant=7',
  from: 'archive',
  tenantId: 4711,
};

describe('the text of the targets', () => {
  it.each([[[]], [[target]], [[target, { ...target, name: 'mirror-2', from: 'calabrio' }]]])('reads %j', (targets) => {
    expect(readReportTargetsText(JSON.stringify(targets))).toEqual(targets);
    expect(reportTargetsVariable.parse(JSON.stringify(targets))).toEqual(targets);
  });

  it.each([
    ['what is no JSON', 'targets'],
    ['what is no list', JSON.stringify(target)],
    ['a name twice', JSON.stringify([target, { ...target, from: 'calabrio' }])],
    ['a name that is none', JSON.stringify([{ ...target, name: 'Ware house' }])],
    ['an URL of another kind', JSON.stringify([{ ...target, url: 'ftp://reports.example.com' }])],
    ['an URL with a password', JSON.stringify([{ ...target, url: 'https://user:password@reports.example.com' }])],
    ['what is no URL', JSON.stringify([{ ...target, url: 'reports' }])],
    ['an unknown source', JSON.stringify([{ ...target, from: 'both' }])],
    ['a tenant that is no number', JSON.stringify([{ ...target, tenantId: '4711' }])],
    ['a key that nobody knows', JSON.stringify([{ ...target, secret: 'hush' }])],
    ['a key too few', JSON.stringify([{ ...target, tenantId: undefined }])],
  ])('does not take %s', (_what, text) => {
    expect(() => readReportTargetsText(text)).toThrow();
    expect(reportTargetsVariable.safeParse(text).success).toBe(false);
  });
});
