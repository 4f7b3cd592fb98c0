import type { PromisedAttributes } from '../day.ts';

/**
 * What the rules of config/enrichment/property-management.json owe a task of each shape, written by hand from what the
 * shapes hold and what Flex Insights wants of it. The day is played before the contact centre opens.
 */
const everyTask: PromisedAttributes = { 'conversations.in_business_hours': 'No' };

const client1: PromisedAttributes = {
  'rd.client_id': 1,
  'conversations.conversation_attribute_2': 'Example Property Group',
  'customers.organization': 'Example Property Group',
};

/** Its `name` is a number, which names nobody; `rdClientId` stands beside `rdJson`. */
export const owedToInboundCall: PromisedAttributes = {
  ...everyTask,
  ...client1,
  'conversations.conversation_attribute_4': 'contact-center-call-processed-by-contact-center',
  'conversations.conversation_attribute_5': 'live-call',
  'customers.name': null,
};

/** Its `name` is `outgoing`, and of the client it says nothing. */
export const owedToOutboundCall: PromisedAttributes = {
  ...everyTask,
  'conversations.conversation_attribute_4': 'contact-center-call-processed-by-contact-center',
  'conversations.conversation_attribute_5': 'follow-up-result',
  'customers.name': null,
};

/** While it waits, nothing is written that routing may read, and then it is over. */
export const owedToAbandonedCall: PromisedAttributes = {
  'rd.client_id': null,
  'conversations.hang_up_by': 'Customer',
};

/** A message that is processed from its recording. */
export const owedToVoicemail: PromisedAttributes = {
  ...everyTask,
  'conversations.conversation_attribute_4': 'contact-center-call-processed-by-contact-center',
  'customers.name': null,
};

export const owedToGenericCall: PromisedAttributes = {
  ...everyTask,
  'rd.customer_value': 'gold',
  'rd.task_reason': 'support',
  'conversations.conversation_attribute_4': 'contact-center-call-processed-by-contact-center',
  'customers.name': null,
};

/** Numbers are texts in it; what it says of the customer stays. */
export const owedToPrimaryTask: PromisedAttributes = {
  ...everyTask,
  'rd.client_id': 4,
  'rd.contact_center_id': 1,
  'rd.community_group_id': 1515,
  'rd.call_route_step': 2,
  'conversations.conversation_attribute_2': 'Sample Residential',
  'conversations.conversation_attribute_3': 'Cedar Row',
  'customers.market_segment': 'North and South',
  'customers.organization': 'Example Property Management',
};

/** Nobody has processed it: it waits for an agent who listens. What it says itself stays. Wanted between 08:00 and 16:30 UTC. */
export const owedToPastCall: PromisedAttributes = {
  ...everyTask,
  'rd.call_route_step': 0,
  'rd.call_route_step?': 0,
  'conversations.language': 'spanish',
  'conversations.conversation_attribute_1': 'Search',
  'conversations.conversation_attribute_2': 'Example Property Group',
  'conversations.conversation_attribute_3': 'Harbor Point',
  'conversations.conversation_attribute_4': 'community-call-needs-listening',
  'conversations.conversation_attribute_5': 'recording',
  'conversations.conversation_attribute_6': 'Yes',
  'conversations.conversation_label_8': '2132424',
  'conversations.conversation_measure_1': 101,
  'conversations.conversation_measure_2': 7,
  'conversations.outcome': 'no appointment set',
  'customers.market_segment': 'Harbor Point',
  'customers.category': 'Resident',
  'customers.customer_label_1': '3245621',
  'customers.customer_label_2': '435563',
  'customers.name': null,
};

export function owedToChat(customerName: string): PromisedAttributes {
  return {
    ...everyTask,
    ...client1,
    'rd.community_group_id': 80,
    'rd.ad_source_id': 2252,
    'rd.is_lead': true,
    'rd.bedrooms': 3,
    'rd.rdChatWidgetKey': null,
    'conversations.conversation_attribute_1': 'Apartment listing',
    'conversations.conversation_attribute_3': 'Maple Court',
    'customers.market_segment': 'Maple Court',
    'customers.category': 'Lead',
    'customers.name': customerName,
  };
}

export const owedToSms: PromisedAttributes = { ...everyTask, 'customers.name': null };

const backOffice: PromisedAttributes = {
  ...everyTask,
  'rd.client_id': 1,
  'rd.lead_id': 3245621,
  'rd.transferred_from_user_id': 291,
  'rd.search_result_client_id': 195,
  'conversations.conversation_attribute_2': 'Example Property Group',
  'conversations.conversation_label_7': '291',
  'conversations.conversation_label_9': '2132424',
  'conversations.conversation_label_10': '291',
  'conversations.conversation_measure_1': 10,
  'conversations.conversation_measure_3': 320,
  'customers.customer_label_1': '3245621',
};

const read: PromisedAttributes = {
  'conversations.conversation_attribute_4': 'community-email-needs-reading',
  'conversations.conversation_attribute_6': 'Yes',
  'conversations.conversation_measure_2': 7,
};

const saidOfTheCustomer: PromisedAttributes = {
  'customers.market_segment': 'Fourth Street',
  'customers.category': 'Fourth Street',
  'customers.organization': 'Example Housing',
};

/** What it says of the customer stays. Wanted between 08:00 and 16:30 UTC. */
export const owedToEmail: PromisedAttributes = { ...backOffice, ...read, ...saidOfTheCustomer };

/** What stands in it too low is written where Insights looks. */
export function owedToEmailCreateBody(customerName: string): PromisedAttributes {
  return {
    ...{ ...backOffice, ...read },
    'customers.organization': 'Example Property Group',
    'customers.category': 'Resident',
    'customers.name': customerName.toUpperCase(),
  };
}

/** Wanted between 15:00 and 03:00 UTC, over midnight. */
export const owedToFollowUp: PromisedAttributes = {
  ...backOffice,
  ...saidOfTheCustomer,
  'conversations.conversation_attribute_6': 'No',
};

export const owedToFollowUpInLanguage: PromisedAttributes = {
  ...everyTask,
  ...client1,
  'conversations.language': 'spanish',
  'conversations.source': 'voice',
  'conversations.conversation_label_7': '291',
};
