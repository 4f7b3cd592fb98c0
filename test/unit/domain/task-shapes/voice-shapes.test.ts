import { fixtureText, readBody, readFixture } from './read-fixture.ts';

const customerCall = 'CA1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a';
const conference = 'CF3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c';

describe('an inbound call', () => {
  it('is read with its caller for the customer, though its name is only the caller’s number behind a space', () => {
    expect(readFixture('inbound-call.json')).toEqual({
      task: {
        shape: 'inbound-call',
        medium: 'voice',
        direction: 'inbound',
        name: '+12025550143',
        type: 'short-lived',
        rd: { client_id: 1 },
        customer: { phone: '+12025550143' },
        from: '+12025550143',
        to: '+12025550129',
        callSid: customerCall,
        conferenceSid: conference,
        processing: { medium: 'call', timing: 'present', basis: 'live-call' },
      },
      provenance: {
        name: 'name',
        type: 'type',
        'rd.client_id': 'rdClientId',
        'customer.phone': 'from',
        from: 'from',
        to: 'to',
        callSid: 'conference.participants.customer',
        conferenceSid: 'conference.sid',
      },
      conflicts: [],
      notes: [],
      secrets: [],
    });
  });

  it('whose quote slipped to the line above is repaired at that key, and reads the same', () => {
    const body = readBody(fixtureText('inbound-call-broken-line.txt'));

    expect(body.notes).toEqual([{ kind: 'repaired-json', path: 'called' }]);
    expect(readFixture('inbound-call-broken-line.txt')).toEqual(readFixture('inbound-call.json'));
  });
});

describe('an outbound call', () => {
  const expected = {
    task: {
      shape: 'outbound-call',
      medium: 'voice',
      direction: 'outbound',
      name: 'outgoing',
      rd: {},
      customer: { phone: '+12025550143' },
      from: '+12025550129',
      to: '+12025550143',
      callSid: customerCall,
      conferenceSid: conference,
      targetWorkerUri: 'client:ada',
      autoAnswer: true,
      internal: false,
      processing: { medium: 'call', timing: 'present', basis: 'follow-up-result' },
    },
    provenance: {
      name: 'name',
      'customer.phone': 'to',
      from: 'from',
      to: 'to',
      callSid: 'conference.participants.customer',
      conferenceSid: 'conference.sid',
      targetWorkerUri: 'targetWorker',
      autoAnswer: 'autoAnswer',
      internal: 'internal',
    },
    conflicts: [],
    notes: [
      { kind: 'text-for-boolean', path: 'autoAnswer' },
      { kind: 'text-for-boolean', path: 'internal' },
    ],
    secrets: [],
  };

  it('is read with whom it was made to for the customer, and knows its agent before any reservation', () => {
    expect(readFixture('outbound-call.json')).toEqual(expected);
  });

  it('to a number without its country has that number as E.164, wherever it stands, with a note for each', () => {
    const read = readFixture('outbound-call-local-number.json');

    expect(read.task).toEqual({ ...expected.task, customer: { phone: '+12025550144' }, to: '+12025550144' });
    expect(read.provenance).toEqual(expected.provenance);
    expect(read.conflicts).toEqual([]);
    expect(read.notes).toEqual([
      { kind: 'not-e164', path: `conference.participants.${customerCall}` },
      { kind: 'not-e164', path: 'to' },
      ...expected.notes,
    ]);
  });

  it('whose last quote a word processor typed is repaired there, and names its agent', () => {
    const body = readBody(fixtureText('outbound-call-curly-quote.txt'));

    expect(body.notes).toEqual([{ kind: 'repaired-json', path: 'targetWorker' }]);
    expect(readFixture('outbound-call-curly-quote.txt').task).toEqual({
      shape: 'outbound-call',
      medium: 'voice',
      direction: 'outbound',
      name: 'outgoing',
      rd: {},
      customer: { phone: '+12025550144' },
      from: '+12025550129',
      to: '+12025550144',
      targetWorkerUri: 'client:ada',
      processing: { medium: 'call', timing: 'present', basis: 'follow-up-result' },
    });
  });
});

describe('a task that a back end made without channel fields', () => {
  it('has a call, because that is what its conferenceSid holds, and a customer whose name nobody knows', () => {
    expect(readFixture('primary.json')).toEqual({
      task: {
        shape: 'primary',
        medium: 'voice',
        rd: { contact_center_id: 1, client_id: 4, community_group_id: 1515, call_route_step: 2 },
        customer: { phone: '+12025550161' },
        callSid: customerCall,
        processing: { medium: 'call', timing: 'present' },
      },
      provenance: {
        'rd.contact_center_id': 'contactCenterId',
        'rd.client_id': 'clientId',
        'rd.community_group_id': 'communityGroupId',
        'rd.call_route_step': 'rdStep',
        'customer.phone': 'customers.phone',
        callSid: 'conferenceSid',
      },
      conflicts: [],
      notes: [
        { kind: 'wrong-sid-kind', path: 'conferenceSid' },
        { kind: 'not-e164', path: 'customers.phone' },
      ],
      secrets: [],
    });
  });
});

describe('the call task of the helper library’s example', () => {
  it('has its contact for the customer, and its hyphenated keys in snake case', () => {
    expect(readFixture('generic-call.json')).toEqual({
      task: {
        shape: 'generic',
        medium: 'voice',
        type: 'call',
        rd: { customer_value: 'gold', task_reason: 'support' },
        customer: { phone: '+12025550171' },
        callSid: customerCall,
        processing: { medium: 'call', timing: 'present' },
      },
      provenance: {
        type: 'type',
        'rd.customer_value': 'customer-value',
        'rd.task_reason': 'task-reason',
        'customer.phone': 'contact',
        callSid: 'callSid',
      },
      conflicts: [],
      notes: [
        { kind: 'odd-key', path: 'customer-value' },
        { kind: 'odd-key', path: 'task-reason' },
      ],
      secrets: [],
    });
  });
});

describe('a task in snake case', () => {
  it('keeps its rd as it is but for the odd key, and is a past call: it has a recording and a call’s detail, and no call', () => {
    const rd = {
      contact_center_id: 1,
      spoken_language_required: 'spanish',
      start_date: '2021-02-04T02:35:14.466Z',
      client_id: 1,
      community_group_id: 2,
      ad_source_id: 124,
      community_group_priority: 10,
      worker_experience_required: 7,
      parent_task_sid: 'WT5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e',
      parent_task_channel_unique_name: 'follow-up',
      email_message_id: 2132424,
      call_detail_id: 2132424,
      acceptable_contact_time_min_utc: '0800',
      acceptable_contact_time_max_utc: '1630',
      acceptable_contact_time_utc: -7,
      lead_id: 3245621,
      resident_id: 435563,
      transferred_from_user_id: 291,
      completed_by_user_id: 291,
      call_route_step: 0,
    };

    expect(readFixture('snake-case-call.json')).toEqual({
      task: {
        shape: 'snake-case',
        medium: 'voice',
        direction: 'inbound',
        name: 'erin@example.com',
        type: 'short-lived',
        rd,
        customer: { phone: '+12025550143', email: 'erin@example.com', name: 'ADA EXAMPLE' },
        parentTaskSid: 'WT5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e',
        targetWorkerUri: 'client:ada',
        autoAnswer: false,
        internal: false,
        // 08:00 to 16:30 UTC, of a customer seven hours behind.
        contactWindow: { fromMinuteUtc: 480, toMinuteUtc: 990, utcOffsetMinutes: -420 },
        processing: { medium: 'call', timing: 'past', basis: 'recording' },
      },
      provenance: {
        ...Object.fromEntries(Object.keys(rd).map((key) => [`rd.${key}`, `rd.${key}`])),
        'rd.call_route_step': 'rd.call_route_step?',
        name: 'name',
        type: 'type',
        'customer.phone': 'customers.phone',
        'customer.email': 'name',
        'customer.name': 'customers.name',
        targetWorkerUri: 'targetWorker',
        autoAnswer: 'autoAnswer',
        internal: 'internal',
      },
      conflicts: [],
      notes: [
        { kind: 'odd-key', path: 'rd.call_route_step?' },
        { kind: 'not-e164', path: 'customers.phone' },
        { kind: 'text-for-boolean', path: 'autoAnswer' },
        { kind: 'text-for-boolean', path: 'internal' },
      ],
      secrets: [],
    });
  });
});
