import type { Credentials } from './aws/cloud-aws.ts';
import type { Schedules } from './events/schedules.ts';
import type { FunctionMeasurements } from './functions/function-pool.ts';
import type { HostedFunction } from './functions/host-functions.ts';
import type { MetricSum } from './functions/metrics.ts';
import { byName } from './names.ts';
import type { MadeQueue, MadeResource, ResourcesMade } from './resources/make-resources.ts';

/** A running local cloud. Names are those people know: `enrich-task`, `link-recording-dead-letters`, `archive`. */
export interface LocalCloud {
  /** `http://127.0.0.1:<port>/<stage>`. */
  readonly apiUrl: string;
  /** The base that senders sign over; functions get the same one. */
  readonly publicUrl: string;
  readonly accountId: string;
  readonly region: string;
  /** May do everything. */
  readonly operator: Credentials;
  /** The bucket known as `archive` and the table known as `ledger`. @throws {Error} when the templates make none. */
  readonly archiveBucket: string;
  readonly ledgerTable: string;
  readonly queues: readonly MadeQueue[];
  readonly functionNames: readonly string[];
  /** @throws {Error} that lists the queues, when there is none of that name. */
  queue(name: string): MadeQueue;
  bucket(name: string): MadeResource;
  table(name: string): MadeResource;
  secret(name: string): MadeResource;
  /** Runs a function at once, beside its queue. @throws {FunctionError} as Lambda would report it. */
  invoke(functionName: string, event: unknown): Promise<unknown>;
  /** SIGKILL to all its processes; the next invocation starts a new one. */
  killFunction(functionName: string): void;
  /** Takes an action (`s3:PutObject`, `s3:*`) away from its policy; returns how to give it back. Only our stand-ins heed it. */
  deny(functionName: string, action: string): () => void;
  measured(functionName: string): FunctionMeasurements;
  /**
   * Resolves when no request and no invocation is under way, and no message waits, is hidden or delayed in a queue that
   * a function works off. Queues nobody works off and schedules do not count.
   */
  idle(): Promise<void>;
  readonly schedules: Schedules;
  /** What functions have counted so far. */
  metrics(): readonly MetricSum[];
  /** Ends every process and frees the port; the stand-ins stay. */
  close(): Promise<void>;
}

interface CloudParts {
  readonly apiUrl: string;
  readonly place: { readonly accountId: string; readonly region: string };
  readonly operator: Credentials;
  readonly made: ResourcesMade;
  readonly functions: readonly HostedFunction[];
  readonly metrics: () => readonly MetricSum[];
  readonly schedules: Schedules;
  readonly idle: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export function localCloud(parts: CloudParts): LocalCloud {
  const { made, functions, apiUrl } = parts;
  const bucket = byName(made.buckets, 'bucket');
  const table = byName(made.tables, 'table');
  const hosted = byName(functions, 'function');
  return {
    apiUrl,
    publicUrl: apiUrl,
    ...parts.place,
    operator: parts.operator,
    get archiveBucket() {
      return bucket('archive').physicalName;
    },
    get ledgerTable() {
      return table('ledger').physicalName;
    },
    queues: made.queues,
    functionNames: functions.map(({ name }) => name),
    queue: byName(made.queues, 'queue'),
    bucket,
    table,
    secret: byName(made.secrets, 'secret'),
    invoke: (name, event) => hosted(name).pool.invoke(event),
    killFunction: (name) => hosted(name).pool.kill(),
    deny: (name, action) => hosted(name).withhold(action),
    measured: (name) => hosted(name).pool.measured(),
    idle: parts.idle,
    schedules: parts.schedules,
    metrics: parts.metrics,
    close: parts.close,
  };
}
