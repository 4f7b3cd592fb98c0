import { columnFault, readCell } from '../../../../lambdas/shared/domain/worker/roster-columns.ts';

const has = { toE164: (text: string) => (text.startsWith('+') ? text.replaceAll(/[^+\d]/g, '') : undefined) };

describe("a roster's column", () => {
  // The agents' keys of https://www.twilio.com/docs/flex/developer/insights/enhance-integration, and the team's own.
  it.each([
    ...['agent_id', 'agent_attribute_1', 'agent_attribute_3', 'agent_label_2', 'full_name', 'department_id'],
    ...['department_name', 'department_name_in_hierarchy', 'email', 'location', 'manager', 'phone', 'role', 'state'],
    ...[
      'team_id',
      'team_name',
      'team_name_in_hierarchy',
      'experience_level',
      'overflow_status',
      'department',
      'user_id',
    ],
  ])('%s can be written', (name) => {
    expect(columnFault(name)).toBeUndefined();
  });

  it.each([
    ['contact_uri', 'calls reach the agent by it'],
    ['roles', 'what the agent may do in Flex'],
    ['routing', 'skills are given in Flex'],
    ['rd_auth_token', 'looks like a secret'],
    ['agent_attribute_4', 'no attribute that a roster writes (did you mean agent_attribute_'],
    ['team name', 'did you mean team_name?'],
    ['departement_id', 'did you mean department_id?'],
    ['zzz', 'no attribute that a roster writes'],
    ['', 'no attribute that a roster writes'],
  ])('%s cannot: %s', (name, why) => {
    expect(columnFault(name)).toContain(why);
  });
});

describe("a roster's cell", () => {
  it.each([
    ['full_name', ' Ada Example ', 'Ada Example'],
    ['team_id', '1', '1'],
    ['phone', '+1 202-555-0143', '+12025550143'],
    ['team_name_in_hierarchy', 'West,Denver', 'West ▸ Denver'],
    ['department_name_in_hierarchy', 'A ▸ B', 'A ▸ B'],
    ['experience_level', '9', 9],
    ['overflow_status', '0', 0],
    ['manager', 'x'.repeat(128), 'x'.repeat(128)],
  ])('%s with "%s" is %j', (name, text, value) => {
    expect(readCell(name, text, has)).toEqual({ kind: 'value', value, isCut: false });
  });

  it('is cut where Insights would cut it', () => {
    expect(readCell('manager', 'x'.repeat(129), has)).toEqual({ kind: 'value', value: 'x'.repeat(128), isCut: true });
  });

  it.each(['', '  '])('that is empty says nothing: "%s"', (text) => {
    expect(readCell('phone', text, has)).toEqual({ kind: 'nothing' });
  });

  it.each([
    ['phone', '2025550143', 'a number with its country'],
    ['phone', '1.20255E+10', 'a number with its country'],
    ['experience_level', 'high', 'a number is wanted'],
  ])('%s with "%s" is a fault: %s', (name, text, why) => {
    expect(readCell(name, text, has)).toMatchObject({ kind: 'fault', why: expect.stringContaining(why) });
  });
});
