import { partyOf, processingOf } from '../../../../lambdas/shared/domain/task-shapes/processing.ts';
import type { Party, ProcessingFacts } from '../../../../lambdas/shared/domain/task-shapes/processing.ts';
import { sids } from '../../../support/example-sids.ts';
import { read } from './read-fixture.ts';

describe('the process-flow table', () => {
  const rows: readonly (readonly [string, ProcessingFacts])[] = [
    ['community-call-processed-by-community', { origin: 'community', medium: 'call', processedBy: 'community' }],
    ['community-call-assigned-to-community', { origin: 'community', medium: 'call', assignedTo: 'community' }],
    ['community-call-needs-listening', { origin: 'community', medium: 'call', assignedTo: 'contact-center' }],
    ['community-email-processed-by-community', { origin: 'community', medium: 'email', processedBy: 'community' }],
    ['community-email-assigned-to-community', { origin: 'community', medium: 'email', assignedTo: 'community' }],
    ['community-email-needs-reading', { origin: 'community', medium: 'email', assignedTo: 'contact-center' }],
    [
      'contact-center-call-processed-by-contact-center',
      { origin: 'contact-center', medium: 'call', processedBy: 'contact-center' },
    ],
  ];

  it.each(rows)('has the row %s', (path, facts) => {
    expect(processingOf(facts).path).toBe(path);
  });

  it('has these rows alone: every combination has one of them or none', () => {
    const parties: readonly (Party | undefined)[] = [undefined, 'community', 'contact-center'];
    const combinations = parties.flatMap((origin) =>
      (['call', 'email', undefined] as const).flatMap((medium) =>
        parties.flatMap((processedBy) => parties.map((assignedTo) => ({ origin, medium, processedBy, assignedTo }))),
      ),
    );
    const met = combinations.map((facts) => processingOf(facts).path).filter((path) => path !== undefined);

    expect([...new Set(met)].sort()).toEqual(rows.map(([path]) => path).sort());
  });

  it.each<[string, ProcessingFacts]>([
    ['nobody knows where it arrived', { medium: 'call', assignedTo: 'contact-center' }],
    ['nobody is to process it', { origin: 'community', medium: 'call' }],
    [
      'the contact centre has already processed it for the community',
      { origin: 'community', medium: 'call', processedBy: 'contact-center', assignedTo: 'contact-center' },
    ],
    ['it is an e-mail to the contact centre', { origin: 'contact-center', medium: 'email' }],
    ['it is an SMS', { origin: 'community', medium: 'sms', processedBy: 'community' }],
  ])('has no row where %s', (_case, facts) => {
    expect(processingOf(facts).path).toBeUndefined();
  });

  it('needs nobody to say who processes the contact centre’s own calls', () => {
    expect(processingOf({ origin: 'contact-center', medium: 'voice' }).path).toBe(
      'contact-center-call-processed-by-contact-center',
    );
  });
});

describe('what an agent works from', () => {
  it.each<[string, ProcessingFacts, object]>([
    ['past, inbound', { direction: 'inbound', isRecordedBefore: true }, { timing: 'past', basis: 'recording' }],
    ['present, inbound', { direction: 'inbound' }, { timing: 'present', basis: 'live-call' }],
    ['present, outbound', { direction: 'outbound' }, { timing: 'present', basis: 'follow-up-result' }],
    ['past, outbound', { direction: 'outbound', isRecordedBefore: true }, { timing: 'past' }],
    ['of no known direction', {}, { timing: 'present' }],
  ])('of a call: %s', (_case, facts, expected) => {
    expect(processingOf({ ...facts, medium: 'voice' })).toEqual({ medium: 'call', ...expected });
  });

  it('of an e-mail is the e-mail: it has no timing', () => {
    expect(processingOf({ medium: 'email', direction: 'inbound', isRecordedBefore: true })).toEqual({
      medium: 'email',
    });
  });
});

describe('a task’s processing', () => {
  const pastCall = {
    direction: 'inbound',
    rd: { call_detail_id: 7, origin: 'Community', assigned_to: 'contact_center' },
  };

  it('is read from its rd: a community’s past call that an agent shall hear', () => {
    expect(read(pastCall, 'voice').task.processing).toEqual({
      origin: 'community',
      medium: 'call',
      path: 'community-call-needs-listening',
      timing: 'past',
      basis: 'recording',
    });
  });

  it('is read from camel case too', () => {
    const attributes = { direction: 'inbound', rd: { origin: 'community', processedBy: 'community' } };

    expect(read(attributes, 'voice').task.processing.path).toBe('community-call-processed-by-community');
  });

  it('is present while there is a call that somebody can be in, recorded or not', () => {
    expect(read({ ...pastCall, call_sid: `CA${'1a'.repeat(16)}` }).task.processing.timing).toBe('present');
  });

  it('is past where there is only a recording', () => {
    const url = `https://api.twilio.com/2010-04-01/Accounts/${sids.account()}/Recordings/${sids.recording(1)}`;

    expect(read({ direction: 'inbound', conversations: { media: [{ url }] } }).task.processing).toEqual({
      medium: 'call',
      timing: 'past',
      basis: 'recording',
    });
  });

  it('is past where the task says so itself', () => {
    const attributes = { direction: 'inbound', call_sid: `CA${'1a'.repeat(16)}`, rd: { call_timing: 'past' } };

    expect(read(attributes).task.processing).toMatchObject({ timing: 'past', basis: 'recording' });
  });
});

describe('a party', () => {
  it.each([
    ['Community', 'community'],
    ['contactCenter', 'contact-center'],
    ['Contact-center', 'contact-center'],
    ['contact_center', 'contact-center'],
    ['contact centre', 'contact-center'],
  ])('is understood as %s', (word, party) => {
    expect(partyOf(word)).toBe(party);
  });

  it.each([[''], ['nobody'], [1], [null], [undefined]])('is nobody as %p', (word) => {
    expect(partyOf(word)).toBeUndefined();
  });
});
