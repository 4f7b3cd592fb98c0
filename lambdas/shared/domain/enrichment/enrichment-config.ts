import type { TaskEventType } from '../task-event.ts';
import type { AgentState } from '../worker/canonical-worker.ts';

export type EnrichmentMode = 'observe' | 'fill' | 'overwrite';

/**
 * One attribute that the team wants on its tasks. Expressions are JSONata over the scope (`RuleScope`).
 * (https://docs.jsonata.org, read 2026-11)
 */
export interface Rule {
  /** Names the rule in reports; once a file. */
  readonly name: string;
  /** Where: `conversations.language`, `customers.external_id`, `conversations.conversation_label_3`. */
  readonly write: string;
  readonly value: string;
  /** Only when this is true. Two rules may write one path only if both have it; the first whose condition holds wins. */
  readonly when?: string;
  /** Only while one of these is handled. @default - every event whose deadline is open */
  readonly on?: readonly TaskEventType[];
  /** What of a value that is there: true replaces it, false never does. @default - as the mode says */
  readonly overwrite?: boolean;
  /** The value identifies something: it may only go into a label, which Insights does not count as a value. */
  readonly isId?: boolean;
}

/** A weekly calendar; hours are of the wall clock in `timeZone`. */
export interface BusinessHours {
  /** IANA: `America/Denver`. */
  readonly timeZone: string;
  /** `["09:00", "17:30"]`; several spans a day; `"24:00"` is the day's end; one that ends before it begins goes on after midnight. */
  readonly weekly: Readonly<
    Record<'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun', readonly (readonly [string, string])[]>
  >;
  /** Closed all day: `2026-12-25`, in `timeZone`. */
  readonly holidays: readonly string[];
}

/** In which order a customer is identified, as Insights does it. */
export const identityKinds = ['external_id', 'phone', 'email', 'from_to', 'conversation_id'] as const;
export type IdentityKind = (typeof identityKinds)[number];

/** Opt-in: a new identity splits a customer's history, for good. */
export interface IdentitySettings {
  readonly order: readonly IdentityKind[];
  /** The first identity that a phone number or an e-mail address ever had stays theirs. */
  readonly sticky: boolean;
  /** JSONata for the team's own id of the customer, `task.rd.lead_id`. @default - `customers.external_id` as it is */
  readonly externalId?: string;
}

/** Expressions for the process-flow table, where the task does not say it in `rd` itself. */
export interface ProcessingSettings {
  /** Gives `community` or `contact-center`. */
  readonly origin?: string;
  /** Gives `community`, `contact-center` or nothing. */
  readonly processedBy?: string;
  readonly assignedTo?: string;
}

/** The words that a team's reports use for how a call ended; null makes no claim. */
export interface EndingVocabulary {
  readonly customer: string | null;
  readonly agent: string | null;
  readonly system: string | null;
  readonly consult: string | null;
  readonly coldTransfer: string | null;
  readonly warmTransfer: string | null;
  readonly externalColdTransfer: string | null;
  readonly externalWarmTransfer: string | null;
  /** For `followed_by` after an external transfer. */
  readonly externalTransfer: string | null;
}

/** What Calabrio shall see for an activity; a reason code goes with Not Ready, Work Not Ready and Work Ready alone. */
export interface AgentStateMapping {
  readonly state: AgentState;
  /** True: the activity's name goes along as the reason. */
  readonly isReasonSent?: boolean;
}

/** One file of config/enrichment, checked by `readEnrichmentConfig`. */
export interface EnrichmentConfig {
  readonly name: string;
  /** ISO 3166-1 alpha-2: whose numbers lack a country code. */
  readonly defaultCountry: string;
  readonly rules: readonly Rule[];
  /** Tables for `$lookup(lookups.adSources, …)`. */
  readonly lookups: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** True: the canonical `rd` is added beside the legacy keys; what is in an `rd` already stays. */
  readonly writesRd: boolean;
  readonly businessHours?: BusinessHours;
  readonly identity?: IdentitySettings;
  readonly processing?: ProcessingSettings;
  readonly endings: EndingVocabulary;
  /** Activity name → state. An activity that is missing is told to nobody. */
  readonly agentStates: Readonly<Record<string, AgentStateMapping>>;
  /** Insights keys for workers' attributes, over `worker`; written only where the stage says `workerWrites`. */
  readonly workerRules: readonly Rule[];
}
