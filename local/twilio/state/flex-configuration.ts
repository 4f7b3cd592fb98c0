import type { JsonObject } from '../json.ts';
import type { FlexConfiguration } from './account-records.ts';

/** Flex as it is after it was set up, recording switched on. */
export function newFlexConfiguration(nowMs: number): FlexConfiguration {
  return { settings: initially, createdAtMs: nowMs, updatedAtMs: nowMs };
}

/** What a request may not set: Twilio's own, and what follows from it. */
const ownProperties: readonly string[] = ['date_created', 'date_updated', 'status', 'url', 'service_version'];
/** Theirs are worked out when they are asked for, unless they were set. */
const derivedProperties: readonly string[] = [
  ...['account_sid', 'taskrouter_workspace_sid', 'taskrouter_offline_activity_sid', 'runtime_domain'],
  ...['messaging_service_instance_sid', 'chat_service_instance_sid', 'flex_service_instance_sid', 'flex_instance_sid'],
];

const initially: JsonObject = {
  attributes: {},
  taskrouter_target_workflow_sid: null,
  taskrouter_target_taskqueue_sid: null,
  taskrouter_taskqueues: null,
  taskrouter_skills: [],
  taskrouter_worker_channels: null,
  taskrouter_worker_attributes: null,
  ui_language: null,
  ui_attributes: {},
  ui_dependencies: {},
  ui_version: '2',
  service_version: null,
  call_recording_enabled: true,
  call_recording_webhook_url: null,
  crm_enabled: false,
  crm_type: null,
  crm_callback_url: null,
  crm_fallback_url: null,
  crm_attributes: null,
  public_attributes: {},
  plugin_service_enabled: true,
  plugin_service_attributes: {},
  integrations: [],
  outbound_call_flows: {},
  queue_stats_configuration: null,
  serverless_service_sids: null,
  notifications: null,
  markdown: null,
  flex_insights_hr: null,
  flex_insights_drilldown: false,
  flex_url: null,
  channel_configs: [],
  debugger_integration: null,
  flex_ui_status_report: null,
  agent_conv_end_methods: null,
  citrix_voice_vdi: null,
  offline_config: null,
};

/** Names that cannot be set: none of Flex's, or Twilio's own. */
export const notSettable = (changes: JsonObject): readonly string[] =>
  Object.keys(changes).filter(
    (name) => ownProperties.includes(name) || !(name in initially || derivedProperties.includes(name)),
  );

/** Replaces the properties that are given, whole; the others stay. */
export function setFlexConfiguration(configuration: FlexConfiguration, changes: JsonObject, nowMs: number): void {
  configuration.settings = { ...configuration.settings, ...changes };
  configuration.updatedAtMs = nowMs;
}
