import type { CallSid } from '../../../lambdas/shared/domain/sids.ts';
import type { JsonObject } from '../../twilio/json.ts';
import type { Customer } from '../customers.ts';

/** The number that customers call. */
export const contactCentreNumber = '+12025550199';

/** An inbound call as Studio's Send to Flex makes it; Flex adds `conference` and the link later. */
export function inboundCall(customer: Customer, callSid: CallSid): JsonObject {
  return {
    from_country: 'US',
    called: contactCentreNumber,
    to_country: 'US',
    to_city: 'SPRINGFIELD',
    type: 'short-lived',
    to_state: 'IL',
    caller_country: 'US',
    call_sid: callSid,
    rdJson: { rdClientId: 1 },
    from_zip: '20001',
    from: customer.number,
    direction: 'inbound',
    called_zip: '62701',
    caller_state: 'DC',
    to_zip: '62701',
    called_country: 'US',
    from_city: 'WASHINGTON',
    called_city: 'SPRINGFIELD',
    caller_zip: '20001',
    api_version: '2010-04-01',
    called_state: 'IL',
    from_state: 'DC',
    caller: customer.number,
    caller_city: 'WASHINGTON',
    rdClientId: 1,
    name: ` ${customer.number}`,
    to: contactCentreNumber,
  };
}

/** An outbound call as Flex's dialpad makes it. `to` may lack its country: agents type what they have. */
export function outboundCall(to: string, agent: string): JsonObject {
  return {
    to,
    name: 'outgoing',
    internal: 'false',
    flexOutboundDialerTargetWorker: `client:${agent}`,
    direction: 'outbound',
    autoAnswer: 'true',
    from: contactCentreNumber,
    targetWorker: `client:${agent}`,
  };
}

/** The call task of TaskRouter's own examples, with its hyphenated keys. */
export function genericCall(customer: Customer, callSid: CallSid): JsonObject {
  return { type: 'call', contact: customer.number, 'customer-value': 'gold', 'task-reason': 'support', callSid };
}

/** A task without channel fields that a back end creates; its `conferenceSid` holds a call's SID, as met. */
export function primaryTask(customer: Customer, callSid: CallSid): JsonObject {
  return {
    task_channel_sid: null,
    clientId: '4',
    customers: {
      phone: customer.number.slice(2),
      market_segment: 'North and South',
      organization: 'Example Property Management',
      name: 'UNKNOWN',
      custom_attr_1: false,
      category: 'North and South',
      customer_manager: 'Example Property Management',
    },
    task_channel_unique_name: null,
    contactCenterId: 1,
    conferenceSid: callSid,
    communityGroupId: '1515',
    rdStep: 2,
  };
}

/**
 * A community's call that an agent hears and processes afterwards: `rd` in snake case, with Insights attributes of its
 * own. The link names a recording of another day.
 */
export function pastCall(customer: Customer, segmentLink: string): JsonObject {
  return {
    name: customer.email,
    type: 'short-lived',
    rd: {
      contact_center_id: 1,
      spoken_language_required: 'spanish',
      start_date: '2021-02-04T02:35:14.466Z',
      client_id: 1,
      community_group_id: 2,
      ad_source_id: 124,
      community_group_priority: 10,
      worker_experience_required: 7,
      call_detail_id: 2132424,
      acceptable_contact_time_min_utc: '0800',
      acceptable_contact_time_max_utc: '1630',
      acceptable_contact_time_utc: -7,
      lead_id: 3245621,
      resident_id: 435563,
      'call_route_step?': 0,
    },
    direction: 'inbound',
    conversations: {
      segment_link: segmentLink,
      productive: 'true',
      conversation_attribute_1: 'Search',
      conversation_label_1: 'AdSourceName',
      conversation_measure_1: 101,
      outcome: 'no appointment set',
    },
    autoAnswer: 'false',
    internal: 'false',
  };
}

/** A message left after hours: Studio recorded it first and made the task from it. */
export function voicemail(customer: Customer, callSid: CallSid, media: JsonObject | undefined): JsonObject {
  return {
    type: 'short-lived',
    direction: 'inbound',
    call_sid: callSid,
    from: customer.number,
    to: contactCentreNumber,
    name: customer.number,
    taskType: 'voicemail',
    ...(media !== undefined && { conversations: { media: [media] } }),
  };
}
