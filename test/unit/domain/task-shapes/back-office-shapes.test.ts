import { parseTaskAttributes } from '../../../../lambdas/shared/domain/task-attributes.ts';
import { fixtureText, read, readBody, readFixture } from './read-fixture.ts';

/** What e-mail tasks and follow-ups have in common. */
const rd = {
  client_id: 1,
  worker_experience_required: 7,
  contact_center_id: 1,
  lead_id: 3245621,
  transferred_from_user_id: 291,
  completed_by_user_id: 291,
  users_engaged: [112, 291],
  // The client that a search found is another one than the task's.
  search_result_client_id: 195,
  search_result_resident: true,
  email_message_id: 2132424,
  call_route_step: 0,
  is_new_client: true,
  over_call_cap_by: 320,
  order: 0,
  referrer: 'http://chat-demo.example.com/',
  acceptable_contact_time_utc: -5,
};

const legacyPaths = {
  'rd.client_id': 'rdClientId',
  'rd.worker_experience_required': 'expertiseRequired',
  'rd.contact_center_id': 'contactCenterId',
  'rd.lead_id': 'transfer_context.leadId',
  'rd.transferred_from_user_id': 'transfer_context.transferredFromUserId',
  'rd.completed_by_user_id': 'outcome.completed_by_user_id',
  'rd.users_engaged': 'outcome.users_engaged',
  'rd.search_result_client_id': 'search_result.clientId',
  'rd.search_result_resident': 'search_result.resident',
  'rd.email_message_id': 'search_context.emailMessageId',
  'rd.call_route_step': 'rdStep',
  'rd.is_new_client': 'isNewClient',
  'rd.over_call_cap_by': 'overCallCapBy',
  'rd.order': 'order',
  'rd.referrer': 'referrer',
  'rd.acceptable_contact_time_utc': 'acceptable_contact_time.sort',
  'rd.acceptable_contact_time_min_utc': 'acceptable_contact_time.min_utc',
  'rd.acceptable_contact_time_max_utc': 'acceptable_contact_time.max_utc',
  'customer.phone': 'customers.phone',
  'customer.name': 'customers.name',
  name: 'name',
  type: 'type',
  autoAnswer: 'autoAnswer',
};

const email = {
  task: {
    shape: 'email',
    medium: 'email',
    direction: 'inbound',
    name: 'carol@example.com',
    type: 'long-lived',
    rd: {
      ...rd,
      community_group_priority: 10,
      acceptable_contact_time_min_utc: '0800',
      acceptable_contact_time_max_utc: '1630',
    },
    customer: { phone: '+12025550143', email: 'carol@example.com', name: 'ADA EXAMPLE' },
    autoAnswer: false,
    contactWindow: { fromMinuteUtc: 480, toMinuteUtc: 990, utcOffsetMinutes: -300 },
    processing: { medium: 'email' },
  },
  provenance: {
    ...legacyPaths,
    'rd.community_group_priority': 'communityGroupPriority',
    'customer.email': 'name',
  },
  conflicts: [],
  notes: [
    { kind: 'not-e164', path: 'customers.phone' },
    { kind: 'text-for-boolean', path: 'autoAnswer' },
  ],
  secrets: [],
};

describe('an e-mail', () => {
  it('has its sender’s address from what Flex shows, and its customer’s name from elsewhere', () => {
    expect(readFixture('email-create-body.json', 'email')).toEqual(email);
  });

  it('reads the same where nobody says which channel it came by', () => {
    expect(readFixture('email-create-body.json')).toEqual(email);
  });

  it('is told apart from the request that creates it, whose other fields are handed on', () => {
    expect(readBody(fixtureText('email-create-body.json'))).toMatchObject({
      notes: [],
      timeout: null,
      taskChannel: 'email',
    });
  });

  it.each(['email-create-body-broken-line.txt', 'email-create-body-missing-comma.txt'])(
    'in a malformed request (%s) is repaired where the fault is, and reads the same',
    (name) => {
      const body = readBody(fixtureText(name));

      expect(body).toMatchObject({
        notes: [{ kind: 'repaired-json', path: 'customers.custom_attr_1' }],
        timeout: null,
        taskChannel: 'email',
      });
      expect(read(body.attributes, body.taskChannel)).toEqual(email);
    },
  );
});

describe('the whole request that creates an e-mail task', () => {
  it('taken for attributes is read from its inside, with paths from its outside', () => {
    const whole = parseTaskAttributes(fixtureText('email-create-body.json'));
    const inside = (path: string): string => `attributes.${path}`;

    expect(whole.kind === 'object' && read(whole.attributes)).toEqual({
      ...email,
      task: { ...email.task, shape: 'email-create-body' },
      provenance: Object.fromEntries(Object.entries(email.provenance).map(([path, from]) => [path, inside(from)])),
      notes: email.notes.map(({ kind, path }) => ({ kind, path: inside(path) })),
    });
  });
});

describe('a follow-up', () => {
  it('reads hours that are numbers, of a window over midnight, and tells who is called otherwise than what Flex shows', () => {
    const { worker_experience_required: _notThere, ...followUpRd } = rd;
    const { 'rd.worker_experience_required': _norThere, ...followUpPaths } = legacyPaths;

    expect(readFixture('follow-up.json')).toEqual({
      task: {
        shape: 'follow-up',
        medium: 'other',
        direction: 'inbound',
        name: 'Dan Example',
        type: 'short-lived',
        rd: { ...followUpRd, acceptable_contact_time_min_utc: '1500', acceptable_contact_time_max_utc: '0300' },
        customer: { phone: '+12025550143', name: 'ADA EXAMPLE' },
        autoAnswer: false,
        // 15:00 to 03:00 UTC of a customer five hours behind: ten in the morning until ten at night.
        contactWindow: { fromMinuteUtc: 900, toMinuteUtc: 180, utcOffsetMinutes: -300 },
        processing: {},
      },
      provenance: followUpPaths,
      conflicts: [{ path: 'customer.name', keptFrom: 'customers.name', droppedFrom: 'name' }],
      notes: [
        { kind: 'not-e164', path: 'customers.phone' },
        { kind: 'text-for-boolean', path: 'autoAnswer' },
      ],
      secrets: [],
    });
  });
});
