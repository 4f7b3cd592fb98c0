import type { Finding } from '../../../../lambdas/shared/domain/insights/finding.ts';
import { lintTaskAttributes } from '../../../../lambdas/shared/domain/insights/lint-task-attributes.ts';

/** What the linter says of one value: rule and level. */
function saidOf(path: string, value: unknown): readonly string[] {
  const [root = '', name = ''] = path.split('.');
  return lintTaskAttributes({ [root]: { [name]: value } }, { hipaaMode: false }).map(
    (finding: Finding) => `${finding.level} ${finding.rule} ${finding.path}`,
  );
}

const twilioLink = `https://api.twilio.com/2010-04-01/Accounts/AC${'0'.repeat(32)}/Recordings/RE${'0'.repeat(32)}`;

describe('a value by itself', () => {
  it.each([
    ['conversations.campaign', 'a'.repeat(128)],
    ['conversations.campaign', '🎧'.repeat(128)],
    ['conversations.segment_link', twilioLink],
    ['conversations.segment_link', 'https://calls.example.com/r/RE0?k=k1.abc'],
    ['conversations.segment_link', `https://example.com/${'a'.repeat(108)}`],
    ['conversations.productive', 'true'],
    ['conversations.order', 1],
    ['conversations.order', null],
    ['conversations.outcome', ''],
    ['conversations.abandoned', 'Yes'],
    ['conversations.in_business_hours', 'No'],
    ['conversations.conversation_label_1', `CA${'0'.repeat(32)}`],
    ['conversations.conversation_id', `WT${'0'.repeat(32)}`],
    ['conversations.external_contact', '+12025550143'],
    ['conversations.destination', '+12025550143'],
    ['conversations.ivr_path', '1 ▸ 2'],
    ['conversations.ivr_path', '1'],
    ['conversations.handling_team_id', `WQ${'0'.repeat(32)}`],
    ['conversations.media', [{ type: 'VoiceRecording', url_provider: 'https://calls.example.com' }]],
    ['customers.phone', '+12025550143'],
    ['customers.customer_link', 'https://crm.example.com/customer/123'],
    ['customers.year_of_birth', '1901'],
    ['customers.acquisition_date', '2024-02-29'],
    ['customers.geo_location', '-22.5743922;17.0790688'],
    ['customers.zip', '20001'],
  ])('%s may be %j', (path, value) => {
    expect(saidOf(path, value)).toEqual([]);
  });

  it.each([
    ['conversations.campaign', 'a'.repeat(129), ['warning too-long']],
    ['conversations.campaign', '🎧'.repeat(129), ['warning too-long']],
    ['conversations.segment_link', `https://example.com/${'a'.repeat(109)}`, ['error too-long-to-cut']],
    ['conversations.segment_link', 'RE0', ['error segment-link-address']],
    ['conversations.segment_link', 's3://bucket/RE0.wav', ['error segment-link-address']],
    [
      'conversations.segment_link',
      'https://bucket.s3.us-east-1.amazonaws.com/RE0.wav',
      ['warning segment-link-access'],
    ],
    [
      'conversations.segment_link',
      'https://b.s3.amazonaws.com/RE0.wav?X-Amz-Expires=600&X-Amz-Signature=00',
      ['warning segment-link-expires'],
    ],
    ['conversations.order', '1', ['warning type-converted']],
    ['conversations.order', 'first', ['error wrong-type']],
    ['conversations.order', true, ['error wrong-type']],
    ['conversations.productive', true, ['warning type-converted']],
    ['conversations.productive', ['true'], ['error wrong-type']],
    ['conversations.abandoned', 'true', ['note yes-or-no']],
    ['conversations.outcome', '{{flow.variables.outcome}}', ['warning unrendered-template']],
    ['conversations.outcome', `CA${'0'.repeat(32)}`, ['warning high-cardinality']],
    ['conversations.conversation_attribute_10', '544532', ['warning high-cardinality']],
    ['conversations.conversation_attribute_10', 544532, ['warning type-converted', 'warning high-cardinality']],
    ['conversations.ivr_path', '1, 2', ['warning hierarchy-separator']],
    ['conversations.media', 'https://calls.example.com', ['error wrong-type']],
    ['conversations.media', [{ type: 'VoiceRecording' }, { type: 'VoiceRecording' }], ['warning media-one-recording']],
    ['customers.phone', '2025550143', ['warning phone-not-e164']],
    ['customers.phone', '+0025550143', ['warning phone-not-e164']],
    ['customers.year_of_birth', '1900', ['error year-range']],
    ['customers.year_of_birth', '2050', ['error year-range']],
    ['customers.year_of_birth', 1947, ['warning type-converted']],
    ['customers.year_of_birth', 'unknown', ['error year-of-birth']],
    ['customers.acquisition_date', '1900-12-31', ['error year-range']],
    ['customers.acquisition_date', '2023-02-29', ['warning date-format']],
    ['customers.acquisition_date', '12/31/2023', ['warning date-format']],
    ['customers.geo_location', '-22.5743922,17.0790688', ['error geo-location']],
  ])('%s being %j is told of', (path, value, said) => {
    expect(saidOf(path, value)).toEqual(said.map((each) => `${each} ${path}`));
  });

  it('says what is wrong, what was allowed and what to do, with the page and the month it was read', () => {
    const [found] = lintTaskAttributes({ customers: { year_of_birth: '1900' } }, { hipaaMode: false });

    expect(found).toEqual({
      level: 'error',
      rule: 'year-range',
      path: 'customers.year_of_birth',
      value: '1900',
      message: 'Insights knows the years 1901 to 2049 alone; correct it or leave it out.',
      source: 'https://www.twilio.com/docs/flex/developer/insights/enhance-integration (read 2026-11)',
    });
  });

  it('quotes no value in a message', () => {
    const secretive = { customers: { phone: 'my-number', custom_attr_1: 'my-value', year_of_birth: 'my-year' } };
    const messages = lintTaskAttributes(secretive, { hipaaMode: false }).map(({ message }) => message);

    expect(messages).toHaveLength(3);
    for (const message of messages) expect(message).not.toContain('my-');
  });
});
