import type { TaskSid } from '../../../lambdas/shared/domain/sids.ts';
import type { JsonObject } from '../../twilio/json.ts';
import type { Customer } from '../customers.ts';

/** A web chat as its Studio flow makes it; `rdForm` holds a text that only looks like an object. */
export function chat(customer: Customer, channelSid: string): JsonObject {
  return {
    channelSid,
    rdUnitId: '',
    rdClientId: '1',
    rdJson: {
      moveDate: '2021-02-11',
      phaseGroupId: 45,
      lastName: 'Example',
      note: '',
      isLead: true,
      clientId: 1,
      communityGroupId: 80,
      bedrooms: 3,
      firstName: customer.name.split(' ')[0] ?? '',
      phoneNumber: customer.number.slice(2),
      communityId: 45,
      email: customer.email,
      friendlyName: customer.name,
    },
    name: customer.name,
    rdAdSourceId: '2252',
    channelType: 'web',
    location: 'http://chat-demo.example.com/',
    rdChatWidgetId: '3',
    type: 'short-lived',
    rdForm:
      '{communicationTypeId=3, bedrooms=3, communityGroupId=80, isLead=true, adSourceId=2252, note=, clientId=1, rdChatWidgetKey=not-a-real-key}',
  };
}

export function sms(customer: Customer, channelSid: string): JsonObject {
  return { channelSid, name: customer.number, channelType: 'sms' };
}

/** The attributes of an e-mail task; hours are texts here. */
export function email(customer: Customer): JsonObject {
  return {
    name: customer.email,
    type: 'long-lived',
    expertiseRequired: 7,
    acceptable_contact_time: { sort: 'GMT-5', min_utc: '0800', max_utc: '1630' },
    ...backOffice(customer),
  };
}

/** The whole body that creates an e-mail task, where its attributes alone should be. */
export function emailCreateBody(customer: Customer): JsonObject {
  return { timeout: null, taskChannel: 'email', attributes: email(customer) };
}

/** A follow-up to an earlier task; hours are numbers here and wrap around midnight. */
export function followUp(customer: Customer, parentTaskSid: TaskSid): JsonObject {
  return {
    name: customer.name,
    type: 'short-lived',
    acceptable_contact_time: { min_utc: 1500, sort: 'GMT-5', max_utc: 300 },
    ...backOffice(customer),
    parentTaskSid,
  };
}

/** A follow-up whose routing asks for a language; `rd` in snake case. */
export function followUpInLanguage(customer: Customer, parentTaskSid: TaskSid, language: string): JsonObject {
  return {
    name: customer.name,
    type: 'short-lived',
    rd: {
      contact_center_id: 1,
      spoken_language_required: language,
      client_id: 1,
      parent_task_sid: parentTaskSid,
      parent_task_channel_unique_name: 'voice',
      transferred_from_user_id: 291,
    },
    direction: 'inbound',
  };
}

function backOffice(customer: Customer): JsonObject {
  return {
    startDate: '',
    communityGroupPriority: 10,
    isNewClient: true,
    clientId: 1,
    overCallCapBy: 320,
    parentTaskSid: '',
    childTaskSid: '',
    direction: 'inbound',
    contactCenterId: 1,
    customers: {
      phone: customer.number.slice(2),
      market_segment: 'Fourth Street',
      organization: 'Example Housing',
      name: customer.name.toUpperCase(),
      custom_attr_1: true,
      category: 'Fourth Street',
      customer_manager: 'Example Housing',
    },
    transfer_context: { leadId: 3245621, transferredFromUserId: 291 },
    outcome: { completed_by_user_id: 291, users_engaged: [112, 291] },
    search_result: { clientId: 195, resident: true },
    search_context: { emailMessageId: 2132424 },
    autoAnswer: 'false',
    referrer: 'http://chat-demo.example.com/',
    order: 0,
    rdStep: 0,
    rdClientId: 1,
    rdJson: {},
  };
}
