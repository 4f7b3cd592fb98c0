import { mergeAttributes } from '../enrichment/merge-attributes.ts';
import type { AttributeChange, MergedAttributes } from '../enrichment/merge-attributes.ts';
import { lintRoster } from '../insights/lint-roster.ts';
import { lintWorkerAttributes } from '../insights/lint-worker-attributes.ts';
import type { Finding } from '../insights/finding.ts';
import type { WorkerSid } from '../sids.ts';
import { attributesText, maxAttributesCharacters, parseTaskAttributes } from '../task-attributes.ts';
import type { TaskAttributes } from '../task-attributes.ts';
import type { RosterKey } from './roster-columns.ts';

/** One line of a roster: whom it means, and what shall stand in the worker's attributes. */
export interface RosterRow {
  /** In the file, from 1. */
  readonly line: number;
  readonly key: string;
  readonly wanted: Readonly<Record<string, unknown>>;
  /** Attributes whose text was cut to 128 characters. */
  readonly cut: readonly string[];
  /** What of the row cannot be read; a row with a fault is left out as a whole. */
  readonly faults: readonly string[];
}

export interface Roster {
  readonly key: RosterKey;
  readonly rows: readonly RosterRow[];
}

/** A worker of the workspace. */
export interface ListedWorker {
  readonly workerSid: WorkerSid;
  readonly friendlyName: string;
  /** JSON text. */
  readonly attributes: string;
}

/** What would be changed of one worker. Values are personal: for the eyes of whoever typed the command. */
export interface PlannedWorker {
  readonly row: RosterRow;
  readonly worker: string;
  readonly workerSid: WorkerSid;
  readonly changes: readonly AttributeChange[];
}

export interface RosterFault {
  readonly line: number;
  readonly key: string;
  readonly why: string;
}

export interface RosterPlan {
  readonly changes: readonly PlannedWorker[];
  /** Rows that cannot be followed: an unknown or ambiguous worker, a row twice, a cell that is no value. */
  readonly faults: readonly RosterFault[];
  /** Rows whose worker has everything already. */
  readonly unchangedCount: number;
  /** What Insights would lose or mix up of what would be written; paths begin with the worker's name. */
  readonly findings: readonly Finding[];
}

/** A worker's attributes as the row wants them; what the row does not name stays. */
export function asRostered(attributes: TaskAttributes, { wanted }: RosterRow): MergedAttributes {
  const values = Object.entries(wanted).map(([path, value]) => ({ path, value }));
  return mergeAttributes(attributes, values, 'overwrite', (_path, value) => ({ kind: 'fits', value }));
}

/** What it takes to make the workspace as the roster says. A workspace that is so already needs nothing. */
export function planRoster(roster: Roster, workers: readonly ListedWorker[]): RosterPlan {
  const judged = roster.rows.map((row) => judge(row, roster, workers));
  const met = judged.filter((one) => one.kind === 'met');
  return {
    changes: met.filter(({ planned }) => planned.changes.length > 0).map(({ planned }) => planned),
    faults: judged.filter((one) => one.kind === 'fault').map(({ fault }) => fault),
    unchangedCount: met.filter(({ planned }) => planned.changes.length === 0).length,
    findings: findingsOf(met, workers),
  };
}

type Judged =
  | { readonly kind: 'met'; readonly planned: PlannedWorker; readonly after: TaskAttributes }
  | { readonly kind: 'fault'; readonly fault: RosterFault };
type Met = Extract<Judged, { kind: 'met' }>;

function judge(row: RosterRow, { key, rows }: Roster, workers: readonly ListedWorker[]): Judged {
  const fault = (why: string): Judged => ({ kind: 'fault', fault: { line: row.line, key: row.key, why } });
  if (row.faults.length > 0) return fault(row.faults.join('; '));
  const [other] = rows.filter((one) => one !== row && sameKey(key, one.key, row.key));
  if (other !== undefined) return fault(`line ${other.line} means the same worker: one of them must go`);
  const found = workers.filter((worker) => isMeant(key, row.key, worker));
  const [worker, second] = found;
  if (worker === undefined) return fault(`no worker of the workspace has this ${nameOfKey[key]}`);
  if (second !== undefined)
    return fault(`${found.map(({ friendlyName }) => friendlyName).join(', ')} have this ${nameOfKey[key]}`);
  const parsed = parseTaskAttributes(worker.attributes);
  if (parsed.kind === 'unreadable') return fault(`${worker.friendlyName} (${worker.workerSid}): ${parsed.why}`);
  const { attributes: after, changes } = asRostered(parsed.attributes, row);
  const { length } = attributesText(after);
  if (length > maxAttributesCharacters)
    return fault(`the attributes would have ${length} characters, TaskRouter allows ${maxAttributesCharacters}`);
  const planned = { row, worker: worker.friendlyName, workerSid: worker.workerSid, changes };
  return { kind: 'met', planned, after };
}

const nameOfKey: Readonly<Record<RosterKey, string>> = {
  worker: 'friendly name',
  contact_uri: 'contact_uri',
  email: 'email',
};

function isMeant(key: RosterKey, text: string, worker: ListedWorker): boolean {
  if (key === 'worker') return sameKey(key, worker.friendlyName, text);
  const parsed = parseTaskAttributes(worker.attributes);
  const value = parsed.kind === 'object' ? parsed.attributes[key] : undefined;
  return typeof value === 'string' && sameKey(key, value, text);
}

/** Addresses are compared as mail is delivered: without regard to case. */
function sameKey(key: RosterKey, one: string, other: string): boolean {
  return key === 'email' ? one.trim().toLowerCase() === other.trim().toLowerCase() : one === other;
}

/** Of what the roster writes, also where it is there already; two agents with one number only where a row says it. */
function findingsOf(met: readonly Met[], workers: readonly ListedWorker[]): readonly Finding[] {
  const all = workers.map(({ workerSid, friendlyName, attributes }) => {
    const parsed = parseTaskAttributes(attributes);
    const after = met.find(({ planned }) => planned.workerSid === workerSid)?.after;
    return { name: friendlyName, attributes: after ?? (parsed.kind === 'object' ? parsed.attributes : {}) };
  });
  const phonePaths = met
    .filter(({ planned }) => 'phone' in planned.row.wanted)
    .map(({ planned }) => `${planned.worker}.phone`);
  const shared = lintRoster(all).filter(({ rule, path }) => rule === 'duplicate-phone' && phonePaths.includes(path));
  const own = met.flatMap(({ planned, after }) =>
    lintWorkerAttributes(after)
      .filter(({ level, path }) => level !== 'note' && path in planned.row.wanted)
      .map((finding) => ({ ...finding, path: `${planned.worker}.${finding.path}` })),
  );
  return [...shared, ...own];
}
