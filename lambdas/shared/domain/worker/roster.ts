import { mergeAttributes } from '../enrichment/merge-attributes.ts';
import type { AttributeChange, MergedAttributes } from '../enrichment/merge-attributes.ts';
import { lintRoster } from '../insights/lint-roster.ts';
import { lintWorkerAttributes } from '../insights/lint-worker-attributes.ts';
import type { Finding } from '../insights/finding.ts';
import type { WorkerSid } from '../sids.ts';
import { attributesText, maxAttributesCharacters, parseTaskAttributes } from '../task-attributes.ts';
import type { ParsedAttributes, TaskAttributes } from '../task-attributes.ts';
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
export function planRoster({ key, rows }: Roster, workers: readonly ListedWorker[]): RosterPlan {
  const read = workers.map((worker) => ({ worker, parsed: parseTaskAttributes(worker.attributes) }));
  // A workspace has up to 15,000 workers: each is looked at once.
  const workersOf = Map.groupBy(read, (one) => keyOfWorker(key, one));
  const rowsOf = Map.groupBy(rows, (row) => comparable(key, row.key));
  const judged = rows.map((row) => {
    const found = workersOf.get(comparable(key, row.key)) ?? [];
    const others = (rowsOf.get(comparable(key, row.key)) ?? []).filter((one) => one !== row);
    return judge(row, { key, found, others });
  });
  const met = judged.filter((one) => one.kind === 'met');
  return {
    changes: met.filter(({ planned }) => planned.changes.length > 0).map(({ planned }) => planned),
    faults: judged.filter((one) => one.kind === 'fault').map(({ fault }) => fault),
    unchangedCount: met.filter(({ planned }) => planned.changes.length === 0).length,
    findings: findingsOf(met, read),
  };
}

interface ReadListed {
  readonly worker: ListedWorker;
  readonly parsed: ParsedAttributes;
}

type Judged =
  | { readonly kind: 'met'; readonly planned: PlannedWorker; readonly after: TaskAttributes }
  | { readonly kind: 'fault'; readonly fault: RosterFault };
type Met = Extract<Judged, { kind: 'met' }>;

/** `found`: the workers whom the row means; `others`: the other rows that mean the same. */
function judge(
  row: RosterRow,
  { key, found, others }: { key: RosterKey; found: readonly ReadListed[]; others: readonly RosterRow[] },
): Judged {
  const fault = (why: string): Judged => ({ kind: 'fault', fault: { line: row.line, key: row.key, why } });
  if (row.faults.length > 0) return fault(row.faults.join('; '));
  const [other] = others;
  if (other !== undefined) return fault(`line ${other.line} means the same worker: one of them must go`);
  const [one, second] = found;
  if (one === undefined) return fault(`no worker of the workspace has this ${nameOfKey[key]}`);
  if (second !== undefined)
    return fault(`${found.map(({ worker }) => worker.friendlyName).join(', ')} have this ${nameOfKey[key]}`);
  const { worker, parsed } = one;
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

function keyOfWorker(key: RosterKey, { worker, parsed }: ReadListed): string | undefined {
  if (key === 'worker') return comparable(key, worker.friendlyName);
  const value = parsed.kind === 'object' ? parsed.attributes[key] : undefined;
  return typeof value === 'string' ? comparable(key, value) : undefined;
}

/** Addresses are compared as mail is delivered: without regard to case. */
function comparable(key: RosterKey, text: string): string {
  return key === 'email' ? text.trim().toLowerCase() : text;
}

/** Of what the roster writes, also where it is there already; two agents with one number only where a row says it. */
function findingsOf(met: readonly Met[], workers: readonly ReadListed[]): readonly Finding[] {
  const afterOf = new Map(met.map(({ planned, after }) => [planned.workerSid, after]));
  const all = workers.map(({ worker: { workerSid, friendlyName }, parsed }) => ({
    name: friendlyName,
    attributes: afterOf.get(workerSid) ?? (parsed.kind === 'object' ? parsed.attributes : {}),
  }));
  const phonePaths = new Set(
    met.filter(({ planned }) => 'phone' in planned.row.wanted).map(({ planned }) => `${planned.worker}.phone`),
  );
  const shared =
    phonePaths.size === 0
      ? []
      : lintRoster(all).filter(({ rule, path }) => rule === 'duplicate-phone' && phonePaths.has(path));
  const own = met.flatMap(({ planned, after }) =>
    lintWorkerAttributes(after)
      .filter(({ level, path }) => level !== 'note' && path in planned.row.wanted)
      .map((finding) => ({ ...finding, path: `${planned.worker}.${finding.path}` })),
  );
  return [...shared, ...own];
}
