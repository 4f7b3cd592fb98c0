import { fixtureText, readBody, readFixture } from './read-fixture.ts';

const conversation = 'CH6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f';

describe('a chat', () => {
  it('is read from its own keys, then from what the visitor filled in; the printed form adds what nobody else tells', () => {
    expect(readFixture('chat.json')).toEqual({
      task: {
        shape: 'chat',
        medium: 'chat',
        name: 'Bob Example',
        type: 'short-lived',
        rd: {
          client_id: 1,
          ad_source_id: 2252,
          chat_widget_id: 3,
          referrer: 'http://chat-demo.example.com/',
          move_date: '2021-02-11',
          phase_group_id: 45,
          preferred_communication_type_id: 1,
          communication_type_id: 3,
          is_lead: true,
          community_group_id: 80,
          community_id: 45,
          bedrooms: 3,
          person_id: 9041320,
          lead_id: 9217834,
          custom_pre_engagement: true,
        },
        customer: { phone: '+12025550151', email: 'bob@example.com', name: 'Bob Example' },
        conversationSid: conversation,
        processing: {},
      },
      provenance: {
        name: 'name',
        type: 'type',
        'rd.client_id': 'rdClientId',
        'rd.ad_source_id': 'rdAdSourceId',
        'rd.chat_widget_id': 'rdChatWidgetId',
        'rd.referrer': 'location',
        'rd.move_date': 'rdJson.moveDate',
        'rd.phase_group_id': 'rdJson.phaseGroupId',
        'rd.preferred_communication_type_id': 'rdJson.preferredCommunicationTypeId',
        'rd.communication_type_id': 'rdJson.communicationTypeId',
        'rd.is_lead': 'rdJson.isLead',
        'rd.community_group_id': 'rdJson.communityGroupId',
        'rd.community_id': 'rdJson.communityId',
        'rd.bedrooms': 'rdJson.bedrooms',
        'rd.person_id': 'rdJson.personId',
        'rd.lead_id': 'rdJson.leadId',
        'rd.custom_pre_engagement': 'rdForm.rdCustomPreEngagement',
        'customer.phone': 'rdJson.phoneNumber',
        'customer.email': 'rdJson.email',
        'customer.name': 'rdJson.friendlyName',
        conversationSid: 'channelSid',
      },
      conflicts: [],
      notes: [
        { kind: 'not-e164', path: 'rdJson.phoneNumber' },
        { kind: 'not-e164', path: 'rdForm.phoneNumber' },
        { kind: 'not-e164', path: 'rdForm.json.phoneNumber' },
      ],
      secrets: ['rdForm.rdChatWidgetKey'],
    });
  });

  it('whose template was never rendered tells nothing, and says so at every key', () => {
    const body = readBody(fixtureText('chat-studio-template.txt'));

    expect(body.notes).toEqual([{ kind: 'repaired-json', path: 'rdJson' }]);
    expect(readFixture('chat-studio-template.txt')).toEqual({
      task: { shape: 'chat', medium: 'other', type: 'short-lived', rd: {}, customer: {}, processing: {} },
      provenance: { type: 'type' },
      conflicts: [],
      notes: [
        'name',
        'channelType',
        'channelSid',
        'rdClientId',
        'location',
        'rdChatWidgetId',
        'rdAdSourceId',
        'rdUnitId',
        'rdForm',
        'rdJson',
      ].map((path) => ({ kind: 'unrendered-template', path })),
      secrets: [],
    });
  });
});

describe('an SMS', () => {
  it('has the number it shows for its customer, and nobody’s name', () => {
    expect(readFixture('sms.json', 'chat')).toEqual({
      task: {
        shape: 'sms',
        medium: 'sms',
        name: '+12025550152',
        rd: {},
        customer: { phone: '+12025550152' },
        conversationSid: conversation,
        processing: {},
      },
      provenance: { name: 'name', 'customer.phone': 'name', conversationSid: 'channelSid' },
      conflicts: [],
      notes: [],
      secrets: [],
    });
  });
});
