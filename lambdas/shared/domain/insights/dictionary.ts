// Long for a reason: it is the dictionary, one line a key.
import { sources } from './sources.ts';

/** Where Insights looks: two objects of a task's attributes, and the root of a worker's. */
export type InsightsRoot = 'conversations' | 'customers' | 'worker';

export type InsightsType = 'text' | 'number' | 'date' | 'year' | 'media';

/** One of the numbered keys that a team may use as it likes. */
export interface InsightsSlot {
  readonly kind: 'attribute' | 'label' | 'measure';
  readonly number: number;
}

/** A key that Insights reads; every other one under `conversations` and `customers` is ignored without a word. */
export interface InsightsKey {
  readonly root: InsightsRoot;
  readonly name: string;
  readonly type: InsightsType;
  /**
   * `category`: few different values, because each one counts towards Insights' 2 billion and becomes a line of a
   * report. `free`: made for names, ids, numbers and links.
   */
  readonly holds: 'category' | 'free';
  /** True: half of it is worse than none, as of a link or an id. */
  readonly isUncuttable: boolean;
  readonly slot?: InsightsSlot;
  /** False: removed from every event of a HIPAA account. */
  readonly isKeptByHipaa: boolean;
  readonly source: string;
}

/** How many numbered keys of each kind there are; Insights ignores higher numbers. */
export const slotCounts = {
  conversations: { attribute: 10, label: 10, measure: 10 },
  customers: { attribute: 3, label: 3, measure: 0 },
  worker: { attribute: 3, label: 3, measure: 0 },
} as const;

const slotPrefix = { conversations: 'conversation', customers: 'customer', worker: 'agent' } as const;

interface Traits {
  readonly type?: InsightsType;
  readonly holds?: 'category' | 'free';
  readonly isUncuttable?: boolean;
  readonly isKeptByHipaa?: boolean;
  readonly source?: string;
}

const number: Traits = { type: 'number' };
const free: Traits = { holds: 'free' };
const whole: Traits = { holds: 'free', isUncuttable: true };
const personal: Traits = { holds: 'free', isKeptByHipaa: false };
/** In no example of the documentation, but on the list of what Insights keeps of a HIPAA account's events. */
const listed = (traits: Traits = {}): Traits => ({ ...traits, source: sources.hipaa });

const conversations: Readonly<Record<string, Traits>> = {
  segment_link: whole,
  abandoned: {},
  abandoned_phase: {},
  activity: {},
  campaign: {},
  case: free,
  channel: {},
  content: {},
  conversation_id: whole,
  destination: free,
  direction: {},
  external_contact: free,
  followed_by: {},
  handling_department_id: free,
  handling_department_name: {},
  handling_department_name_in_hierarchy: {},
  handling_team_id: free,
  handling_team_name: {},
  handling_team_name_in_hierarchy: {},
  hang_up_by: {},
  in_business_hours: {},
  initiated_by: {},
  initiative: {},
  ivr_path: {},
  language: {},
  order: number,
  outcome: {},
  preceded_by: {},
  productive: {},
  queue: {},
  service_level: {},
  source: {},
  virtual: {},
  workflow: {},
  activity_time: number,
  average_response_time: number,
  first_response_time: number,
  focus_time: number,
  hold_time: number,
  ivr_time: number,
  abandon_time: listed(number),
  agent_talk_time: listed(number),
  communication_channel: listed(),
  crosstalk_time: listed(number),
  customer_talk_time: listed(number),
  date: listed({ type: 'date', holds: 'free' }),
  external_id_label: listed(free),
  kind: listed(),
  longest_silence_before_agent: listed(number),
  longest_silence_before_customer: listed(number),
  longest_talk_by_agent: listed(number),
  longest_talk_by_customer: listed(number),
  media: listed({ type: 'media', holds: 'free' }),
  priority: listed(number),
  queue_time: listed(number),
  recording_status: listed(),
  ring_time: listed(number),
  segment_name: listed(free),
  segment_recording_offset: listed(number),
  silence_time: listed(number),
  talk_time: listed(number),
  wrap_up_time: listed(number),
};

const customers: Readonly<Record<string, Traits>> = {
  name: personal,
  customer_link: whole,
  acquisition_date: { type: 'date', holds: 'free' },
  category: {},
  customer_manager: {},
  email: { ...personal, isUncuttable: true },
  external_id: { ...personal, isUncuttable: true },
  gender: {},
  geo_location: personal,
  market_segment: {},
  organization: {},
  phone: { ...personal, isUncuttable: true },
  year_of_birth: { type: 'year', holds: 'free' },
  zip: personal,
  acquisition_cost: number,
  business_value: number,
  country: listed(),
  region: listed(),
  state: listed(),
  type: listed(),
};

const worker: Readonly<Record<string, Traits>> = {
  agent_id: whole,
  full_name: free,
  department_id: free,
  department_name: {},
  department_name_in_hierarchy: {},
  email: whole,
  location: {},
  manager: free,
  phone: whole,
  role: {},
  state: {},
  team_id: free,
  team_name: {},
  team_name_in_hierarchy: {},
};

function slots(root: InsightsRoot): readonly InsightsKey[] {
  return (['attribute', 'label', 'measure'] as const).flatMap((kind) =>
    Array.from({ length: slotCounts[root][kind] }, (_, index) => ({
      ...keyOf(root, `${slotPrefix[root]}_${kind}_${index + 1}`, {
        ...(kind === 'measure' && number),
        ...(kind === 'label' && free),
      }),
      slot: { kind, number: index + 1 },
    })),
  );
}

function keyOf(root: InsightsRoot, name: string, traits: Traits): InsightsKey {
  return {
    root,
    name,
    type: 'text',
    holds: 'category',
    isUncuttable: false,
    isKeptByHipaa: true,
    source: sources.enhance,
    ...traits,
  };
}

/** Every key, in the order of the documentation's examples; the numbered ones last. */
export const insightsKeys: readonly InsightsKey[] = (
  [
    ['conversations', conversations],
    ['customers', customers],
    ['worker', worker],
  ] as const
).flatMap(([root, keys]) => [
  ...Object.entries(keys).map(([name, traits]) => keyOf(root, name, traits)),
  ...slots(root),
]);

const byPath = new Map(insightsKeys.map((key) => [`${key.root}.${key.name}`, key]));

/** The names of the keys under a root. */
export function keyNames(root: InsightsRoot): readonly string[] {
  return insightsKeys.filter((key) => key.root === root).map(({ name }) => name);
}

/** The key at `conversations.language`, `customers.phone` or `worker.team_id`; undefined for what Insights does not read. */
export function insightsKey(path: string): InsightsKey | undefined {
  return byPath.get(path);
}

/** The numbered key of the same number and another kind: the label of an attribute. */
export function slotPath(key: InsightsKey, kind: InsightsSlot['kind']): string | undefined {
  if (key.slot === undefined) return undefined;
  const path = `${key.root}.${slotPrefix[key.root]}_${kind}_${key.slot.number}`;
  return byPath.has(path) ? path : undefined;
}

/** What the root of a task's attributes keeps in an account under HIPAA; all else of it is removed from the events. */
export const hipaaRootKeys: readonly string[] = [
  'channelSid',
  'conversations',
  'customers',
  'direction',
  'from_country',
  'hipaa_enabled',
  'reason',
  'recordings',
  'reservation_attributes',
  'to_country',
];
