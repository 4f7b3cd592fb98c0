import { fitValue } from '../../../../lambdas/shared/domain/insights/fit-value.ts';

const open = { hipaaMode: false };
const hipaa = { hipaaMode: true };
const emoji = '🎧';

describe('fitValue', () => {
  it('leaves a text of 128 characters as it is, and cuts a longer one after them', () => {
    expect(fitValue('conversations.campaign', 'a'.repeat(128), open)).toEqual({ kind: 'fits', value: 'a'.repeat(128) });
    expect(fitValue('conversations.campaign', 'a'.repeat(129), open)).toEqual({ kind: 'cut', value: 'a'.repeat(128) });
  });

  it('counts an astral character as one, and never cuts it in two', () => {
    expect(fitValue('conversations.campaign', emoji.repeat(128), open)).toEqual({
      kind: 'fits',
      value: emoji.repeat(128),
    });
    expect(fitValue('conversations.campaign', `${'a'.repeat(127)}${emoji}${emoji}`, open)).toEqual({
      kind: 'cut',
      value: `${'a'.repeat(127)}${emoji}`,
    });
    expect(fitValue('conversations.campaign', `${'a'.repeat(128)}${emoji}`, open)).toEqual({
      kind: 'cut',
      value: 'a'.repeat(128),
    });
  });

  it.each([
    'conversations.segment_link',
    'conversations.conversation_id',
    'customers.external_id',
    'customers.customer_link',
  ])('refuses %s when it would have to be cut', (path) => {
    expect(fitValue(path, 'a'.repeat(128), open)).toEqual({ kind: 'fits', value: 'a'.repeat(128) });
    expect(fitValue(path, 'a'.repeat(129), open)).toEqual({ kind: 'refused', rule: 'too-long-to-cut' });
  });

  it.each([
    ['conversations.conversation_measure_1', '5', 5],
    ['conversations.conversation_measure_1', ' -1.5e2 ', -150],
    ['conversations.conversation_measure_1', 0, 0],
    ['customers.business_value', 7500, 7500],
    ['conversations.outcome', 5, '5'],
    ['conversations.productive', true, 'true'],
    ['customers.year_of_birth', 1947, '1947'],
    ['worker.team_id', 2, '2'],
    ['conversations.outcome', null, null],
    ['conversations.outcome', '', ''],
    ['conversations.media', [{ type: 'VoiceRecording' }], [{ type: 'VoiceRecording' }]],
  ])('%s takes %j as %j', (path, value, fitted) => {
    expect(fitValue(path, value, open)).toEqual({ kind: 'fits', value: fitted });
  });

  it('takes a number that JavaScript cannot hold', () => {
    const big = JSON.rawJSON('12345678901234567890');

    expect(fitValue('conversations.conversation_measure_1', big, open)).toEqual({ kind: 'fits', value: big });
    expect(fitValue('conversations.conversation_label_1', big, open)).toEqual({
      kind: 'fits',
      value: '12345678901234567890',
    });
  });

  it.each([
    ['conversations.conversation_measure_1', 'five'],
    ['conversations.conversation_measure_1', ''],
    ['conversations.conversation_measure_1', '1,5'],
    ['conversations.conversation_measure_1', true],
    ['conversations.conversation_measure_1', Number.NaN],
    ['conversations.conversation_measure_1', [5]],
    ['conversations.outcome', { a: 1 }],
    ['conversations.outcome', ['a']],
    ['conversations.media', {}],
    ['conversations.media', ['https://example.com']],
  ])('refuses for %s the wrong type %j', (path, value) => {
    expect(fitValue(path, value, open)).toEqual({ kind: 'refused', rule: 'wrong-type' });
  });

  it.each([
    ['customers.year_of_birth', '1901', '1900'],
    ['customers.year_of_birth', '2049', '2050'],
    ['customers.acquisition_date', '1901-01-01', '1900-12-31'],
    ['customers.acquisition_date', '2049-12-31T23:59:59Z', '2050-01-01T00:00:00Z'],
    ['conversations.date', '2049-12-31', '2050-01-01'],
    ['customers.acquisition_date', '31/12/2049', '01/01/2050'],
  ])('%s may be %s and not %s', (path, last, beyond) => {
    expect(fitValue(path, last, open)).toEqual({ kind: 'fits', value: last });
    expect(fitValue(path, beyond, open)).toEqual({ kind: 'refused', rule: 'year-range' });
  });

  it.each(['47', '1947-01-01', 'unknown', 19470, true])('refuses %j as a year of birth', (value) => {
    expect(fitValue('customers.year_of_birth', value, open)).toEqual({ kind: 'refused', rule: 'year-of-birth' });
  });

  it.each(['-22.5743922;17.0790688', '90;180', '-90;-180', '0;0'])('takes %s as a place', (value) => {
    expect(fitValue('customers.geo_location', value, open)).toEqual({ kind: 'fits', value });
  });

  it.each(['-22.5743922,17.0790688', '90.1;0', '0;180.1', '0', 'London'])('refuses %s as a place', (value) => {
    expect(fitValue('customers.geo_location', value, open)).toEqual({ kind: 'refused', rule: 'geo-location' });
  });

  it.each(['name', 'phone', 'email', 'external_id', 'zip', 'geo_location'])(
    'refuses customers.%s in HIPAA mode alone',
    (name) => {
      const value = name === 'geo_location' ? '0;0' : 'x';

      expect(fitValue(`customers.${name}`, value, hipaa)).toEqual({ kind: 'refused', rule: 'hipaa-removed' });
      expect(fitValue(`customers.${name}`, value, open)).toEqual({ kind: 'fits', value });
    },
  );

  it('keeps what HIPAA keeps', () => {
    expect(fitValue('customers.category', 'VIP', hipaa)).toEqual({ kind: 'fits', value: 'VIP' });
    expect(fitValue('conversations.external_contact', 'main line', hipaa)).toEqual({
      kind: 'fits',
      value: 'main line',
    });
  });

  it("refuses keys that Insights does not read, and takes the team's own places", () => {
    expect(fitValue('conversations.conversation_attribute_11', 'x', open)).toEqual({
      kind: 'refused',
      rule: 'unknown-key',
    });
    expect(fitValue('customers', 'x', open)).toEqual({ kind: 'refused', rule: 'not-an-object' });
    expect(fitValue('rd', { lead_id: 1 }, hipaa)).toEqual({ kind: 'fits', value: { lead_id: 1 } });
    expect(fitValue('ours.note', 'a'.repeat(200), open)).toEqual({ kind: 'fits', value: 'a'.repeat(200) });
  });
});
