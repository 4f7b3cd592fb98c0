import type { RelayContactStatus, ReportAgentState, ReportStatus } from '../shared/messages/work-message.ts';

/** What report-status sends: a status of ours, one of Calabrio's, or an agent's state. */
export type ReportMessage = ReportStatus | RelayContactStatus | ReportAgentState;
