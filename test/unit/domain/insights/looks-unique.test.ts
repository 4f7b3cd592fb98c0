import { looksUnique } from '../../../../lambdas/shared/domain/insights/looks-unique.ts';

describe('looksUnique', () => {
  it.each([
    [`CA${'1a'.repeat(16)}`, 'a SID'],
    [`call WT${'0'.repeat(32)}`, 'a SID'],
    ['00000000-0000-4000-8000-000000000001', 'a GUID'],
    ['https://crm.example.com/customer/123', 'a link'],
    ['ada@example.com', 'an e-mail address'],
    ['2021-02-04T02:35:14.466Z', 'a time'],
    ['+12025550143', 'a phone number'],
    ['client:+12025550143', 'a phone number'],
    ['(202) 555-0143', 'a phone number'],
    ['2025550143', 'an id'],
    ['544532', 'an id'],
    ['ID-123456789', 'an id'],
    ['LEAD544532', 'an id'],
    ['Lead 3245621', 'an id'],
  ])('takes %s for %s', (text, what) => {
    expect(looksUnique(text)).toBe(what);
  });

  it.each([
    'Google',
    '54453',
    'Attribute Value 10',
    '2026-11-20',
    'Pension Insurance 2',
    'Outbound Dialer - England',
    'Retention #24567',
    'a@b',
    '',
  ])('takes "%s" for a category', (text) => {
    expect(looksUnique(text)).toBeUndefined();
  });
});
