/** What kind of value a key of `rd` has, and so how a text in its place is read. */
export type RdKind = 'whole' | 'wholes' | 'truth' | 'text' | 'date' | 'hours' | 'offset' | 'task-sid';

/** A key of the canonical `rd`, and what the same fact is called elsewhere. */
export interface RdKey {
  readonly key: string;
  readonly kind: RdKind;
  /**
   * Older names, the ones to be believed first in front. A name without a dot is looked for in the attributes, in `rd`
   * and in the forms; one with a dot is the path in the attributes.
   */
  readonly legacy: readonly string[];
}

const of =
  (kind: RdKind) =>
  (key: string, ...legacy: readonly string[]): RdKey => ({ key, kind, legacy });

const whole = of('whole');
const truth = of('truth');
const text = of('text');
const taskSid = of('task-sid');
const date = of('date');

/** The whole map from what tasks carry to what they shall carry: data, in the order in which a report shows it. */
export const rdKeys: readonly RdKey[] = [
  whole('contact_center_id', 'contactCenterId'),
  text('spoken_language_required', 'spokenLanguageRequired'),
  date('start_date', 'startDate'),
  whole('client_id', 'rdClientId', 'clientId'),
  whole('community_group_id', 'communityGroupId'),
  whole('community_id', 'communityId'),
  whole('ad_source_id', 'rdAdSourceId', 'adSourceId'),
  whole('community_group_priority', 'communityGroupPriority'),
  whole('worker_experience_required', 'expertiseRequired'),
  taskSid('parent_task_sid', 'parentTaskSid'),
  taskSid('child_task_sid', 'childTaskSid'),
  text('parent_task_channel_unique_name', 'parentTaskChannelUniqueName'),
  whole('email_message_id', 'emailMessageId', 'search_context.emailMessageId'),
  whole('call_detail_id', 'callDetailId', 'search_context.callDetailId'),
  of('hours')('acceptable_contact_time_min_utc', 'acceptable_contact_time.min_utc'),
  of('hours')('acceptable_contact_time_max_utc', 'acceptable_contact_time.max_utc'),
  of('offset')('acceptable_contact_time_utc', 'acceptable_contact_time.sort'),
  whole('lead_id', 'leadId', 'transfer_context.leadId'),
  whole('resident_id', 'residentId', 'transfer_context.residentId'),
  whole('person_id', 'personId'),
  whole('transferred_from_user_id', 'transferredFromUserId', 'transfer_context.transferredFromUserId'),
  whole('completed_by_user_id', 'outcome.completed_by_user_id'),
  of('wholes')('users_engaged', 'outcome.users_engaged'),
  // The client that a search found, which may be another one than the task's.
  whole('search_result_client_id', 'search_result.clientId'),
  truth('search_result_resident', 'search_result.resident'),
  whole('call_route_step', 'call_route_step?', 'rdStep'),
  whole('unit_id', 'rdUnitId', 'unitId'),
  whole('chat_widget_id', 'rdChatWidgetId'),
  text('referrer', 'location'),
  truth('is_new_client', 'isNewClient'),
  whole('over_call_cap_by', 'overCallCapBy'),
  whole('order'),
  truth('is_lead', 'isLead'),
  date('move_date', 'moveDate'),
  whole('bedrooms'),
  whole('phase_group_id', 'phaseGroupId'),
  whole('communication_type_id', 'communicationTypeId'),
  whole('preferred_communication_type_id', 'preferredCommunicationTypeId'),
  truth('custom_pre_engagement', 'rdCustomPreEngagement'),
  text('note'),
  text('customer_value', 'customer-value'),
  text('task_reason', 'task-reason'),
  // What the customer said to being recorded: given or refused.
  truth('consent', 'recordingConsent', 'recording_consent'),
  text('origin'),
  text('processed_by', 'processedBy'),
  text('assigned_to', 'assignedTo'),
  text('call_timing', 'callTiming'),
];
