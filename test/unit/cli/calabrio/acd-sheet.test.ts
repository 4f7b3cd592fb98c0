import { acdSheet, webhookUrl } from '../../../../cli/calabrio/acd-sheet.ts';
import type { AcdFacts } from '../../../../cli/calabrio/acd-sheet.ts';
import { lintAcdSheet } from '../../../../cli/calabrio/lint-acd-sheet.ts';
import { sids } from '../../../support/example-sids.ts';

const calabrio: AcdFacts['calabrio'] = {
  tenantId: 1001,
  correlationObject: 'archive',
  metadataNames: {
    recordingSid: 'archive_recording_sid',
    taskSid: 'archive_task_sid',
    conferenceSid: 'archive_conference_sid',
  },
  acd: {
    timeZone: 'America/Denver',
    agentNameFormat: 'First Name Last Name',
    products: ['quality-management-voice'],
  },
};
const facts: AcdFacts = {
  twilio: { accountSid: sids.account(), workspaceSid: sids.workspace() },
  calabrio,
  publicUrl: 'https://recordings.example.com',
  token: undefined,
};

const withAcd = (acd: Partial<AcdFacts['calabrio']['acd']>): AcdFacts => ({
  ...facts,
  calabrio: { ...calabrio, acd: { ...calabrio.acd, ...acd } },
});

function section(title: string, of: AcdFacts = facts) {
  return acdSheet(of).find((one) => one.title === title);
}

/** What is typed into a field. */
function typed(field: string, of: AcdFacts = facts): string | undefined {
  return acdSheet(of)
    .flatMap(({ fields }) => fields)
    .find((one) => one.field.trim() === field)?.type;
}

describe('the ACD page', () => {
  it('has every section of the page, in the order of the page', () => {
    expect(acdSheet(facts).map(({ title }) => title)).toEqual([
      'Twilio Flex Configuration',
      'Calabrio Configuration',
      'Products Enabled',
      'Metadata Mapping',
      'Screen Recording',
      'Twilio Voice Recording Encryption',
      'Event Webhook',
      'Historical Data Capture',
    ]);
  });

  it('has every field that the page describes', () => {
    const fields = acdSheet(facts).flatMap((one) => one.fields.map(({ field }) => field.trim()));

    expect(fields).toEqual(
      expect.arrayContaining([
        'ACD Name',
        'Twilio Account SID',
        'Twilio Auth Token',
        'Twilio Flex Workspace SID',
        'Twilio Flex Insights Username',
        'Twilio Flex Insights Password',
        'Time Zone',
        'Agent Name Format',
        'Calabrio API Username',
        'Calabrio API User Password',
        'Quality Management',
        'Voice',
        'Digital (Chat, SMS)',
        'Workforce Management',
        'Enable RTE Messaging for Screen Recording',
        'Event Webhook URL',
        'Twilio Flex Insights Project ID',
        'Agent Productivity Data Report ID',
        'Queue Historical Data Report ID',
        'Service Queue',
      ]),
    );
  });

  it('is filled in from the stage', () => {
    expect(typed('Twilio Account SID')).toBe(sids.account());
    expect(typed('Twilio Flex Workspace SID')).toBe(sids.workspace());
    expect(typed('Time Zone')).toBe('America/Denver');
    expect(typed('Agent Name Format')).toBe('First Name Last Name');
  });

  it('says where the auth token is and never what it is', () => {
    expect(typed('Twilio Auth Token')).toContain('never printed here');
  });

  it.each([
    [['quality-management-voice'], ['select', 'select', 'leave out', 'leave out']],
    [
      ['quality-management-voice', 'quality-management-digital'],
      ['select', 'select', 'select', 'leave out'],
    ],
    [['workforce-management'], ['leave out', 'leave out', 'leave out', 'select']],
  ])('ticks what %j means', (products, ticks) => {
    expect(section('Products Enabled', withAcd({ products }))?.fields.map(({ type }) => type)).toEqual(ticks);
  });

  it('maps our three SIDs from one level below the object', () => {
    expect(section('Metadata Mapping')?.mappings).toEqual([
      { object: 'archive', attribute: 'recording_sid', metadataName: 'archive_recording_sid' },
      { object: 'archive', attribute: 'task_sid', metadataName: 'archive_task_sid' },
      { object: 'archive', attribute: 'conference_sid', metadataName: 'archive_conference_sid' },
    ]);
  });

  it('maps nothing where our SIDs are not written to tasks, and says so', () => {
    const without = { ...facts, calabrio: { ...calabrio, correlationObject: undefined } };

    expect(section('Metadata Mapping', without)).toMatchObject({
      mappings: [],
      fields: [{ type: expect.stringContaining('calabrio.correlationObject') }],
    });
  });

  it('names the public key where recordings are encrypted, and never has the private one', () => {
    const publicKeySid = `CR${'1'.repeat(32)}`;
    const encrypted = withAcd({ encryption: { name: 'flex2026', publicKeySid } });

    expect(typed('Public Key SID', encrypted)).toBe(publicKeySid);
    expect(typed('Private Key', encrypted)).toContain('nothing here has it');
    expect(typed('Name')).toContain('not encrypted');
  });

  it('ends the webhook URL in the token only where one was given', () => {
    expect(webhookUrl(facts)).toBe('https://recordings.example.com/calabrio/contact-status/<token>');
    expect(webhookUrl({ ...facts, token: 'a-token-that-is-long-enough' })).toBe(
      'https://recordings.example.com/calabrio/contact-status/a-token-that-is-long-enough',
    );
  });
});

describe('the lints of the ACD page', () => {
  const faultsOf = (of: AcdFacts): readonly string[] => lintAcdSheet(of).flatMap(({ fault }) => fault ?? []);

  it('find nothing wrong with a page that is right', () => {
    expect(faultsOf(facts)).toEqual([]);
    expect(faultsOf(withAcd({ timeZone: 'UTC' }))).toEqual([]);
    expect(faultsOf({ ...facts, calabrio: { ...calabrio, correlationObject: undefined } })).toEqual([]);
  });

  it.each([
    ['America/Nowhere', withAcd({ timeZone: 'America/Nowhere' })],
    ['archive.ids.recording_sid', { ...facts, calabrio: { ...calabrio, correlationObject: 'archive.ids' } }],
    [
      'sid would be mapped more than once',
      {
        ...facts,
        calabrio: { ...calabrio, metadataNames: { recordingSid: 'sid', taskSid: 'sid', conferenceSid: 'c' } },
      },
    ],
    [
      'calabrio.metadataNames.taskSid is empty',
      { ...facts, calabrio: { ...calabrio, metadataNames: { ...calabrio.metadataNames, taskSid: ' ' } } },
    ],
    ['does not say its public URL', { ...facts, publicUrl: undefined }],
    ['not https', { ...facts, publicUrl: 'http://recordings.example.com' }],
    ['127.0.0.1 is not a fully qualified domain name', { ...facts, publicUrl: 'https://127.0.0.1/v1' }],
    ['localhost is not a fully qualified domain name', { ...facts, publicUrl: 'https://localhost' }],
    ['no absolute URL', { ...facts, publicUrl: 'recordings.example.com' }],
  ])('find that %s', (words, wrong) => {
    expect(faultsOf(wrong)).toEqual([expect.stringContaining(words)]);
  });
});
