import { EventEmitter } from 'node:events';
import dynalite from 'dynalite';
import * as z from 'zod/mini';
import type { Answer } from '../http/answer.ts';
import { jsonService, type JsonCall } from '../http/json-service.ts';
import type { IamCall, Service } from '../http/service.ts';

export interface LocalDynamoDb {
  readonly service: Service;
  close(): Promise<void>;
}

/** What of a request decides which tables and indexes are touched; everything else is dynalite's to judge. */
const touchedShape = z.object({
  TableName: z.optional(z.string()),
  IndexName: z.optional(z.string()),
  ResourceArn: z.optional(z.string()),
  RequestItems: z.optional(z.record(z.string(), z.unknown())),
});

/** DynamoDB by dynalite inside this process, behind our own signature and policy checks. No transactions, no streams, no expiry. */
export function startDynamoDb(options: {
  readonly directory: string | undefined;
  readonly region: string;
  readonly accountId: string;
}): LocalDynamoDb {
  const engine = withAccount(options, () =>
    dynalite({
      ...(options.directory === undefined ? {} : { path: options.directory }),
      createTableMs: 0,
      deleteTableMs: 0,
      updateTableMs: 0,
    }),
  );
  const prefix = `arn:aws:dynamodb:${options.region}:${options.accountId}:table/`;
  const partitionKeys = new Map<string, string>();
  return {
    service: jsonService({
      version: '1.0',
      target: 'DynamoDB_20120810',
      denial: 'AccessDeniedException',
      work: async (call) => ({
        calls: callsOf(call, prefix, await leadingKeys(engine, partitionKeys, call)),
        run: () => ask(engine, call),
      }),
    }),
    // dynalite closes its files only as the end of closing a server that listens.
    close: () => new Promise((resolve) => engine.listen(0, '127.0.0.1', () => engine.close(() => resolve()))),
  };
}

function callsOf(
  call: JsonCall,
  prefix: string,
  conditions: Readonly<Record<string, string>>,
): readonly [IamCall, ...IamCall[]] {
  const read = touchedShape.safeParse(call.parameters);
  const touched = read.success ? read.data : {};
  const on = (resource: string): IamCall => ({
    service: 'dynamodb',
    action: `dynamodb:${call.operation}`,
    resource,
    conditions,
  });
  const arnOf = (table: string): string => (table.startsWith('arn:') ? table : prefix + table);
  if (touched.TableName !== undefined) {
    return [
      on(
        touched.IndexName === undefined
          ? arnOf(touched.TableName)
          : `${arnOf(touched.TableName)}/index/${touched.IndexName}`,
      ),
    ];
  }
  const [first, ...others] = Object.keys(touched.RequestItems ?? {}).map((table) => on(arnOf(table)));
  return first === undefined ? [on(touched.ResourceArn ?? '*')] : [first, ...others];
}

const keyedShape = z.object({
  TableName: z.string(),
  Key: z.optional(z.record(z.string(), z.unknown())),
  Item: z.optional(z.record(z.string(), z.unknown())),
});
const stringValue = z.object({ S: z.string() });
const describedShape = z.object({
  Table: z.object({ KeySchema: z.array(z.object({ AttributeName: z.string(), KeyType: z.string() })) }),
});

/**
 * What a policy may go by of a call on one item: the value of its partition key, where that is a text.
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html, read 2026-11)
 */
async function leadingKeys(
  engine: EventEmitter,
  partitionKeys: Map<string, string>,
  call: JsonCall,
): Promise<Readonly<Record<string, string>>> {
  const { data: touched } = keyedShape.safeParse(call.parameters);
  const attributes = touched?.Key ?? touched?.Item;
  if (touched === undefined || attributes === undefined) return {};
  const name = partitionKeys.get(touched.TableName) ?? (await partitionKeyOf(engine, touched.TableName, call));
  if (name === undefined) return {};
  partitionKeys.set(touched.TableName, name);
  const { data: value } = stringValue.safeParse(attributes[name]);
  return value === undefined ? {} : { 'dynamodb:LeadingKeys': value.S };
}

/** Undefined where there is no such table: dynalite says so to the caller. */
async function partitionKeyOf(engine: EventEmitter, table: string, call: JsonCall): Promise<string | undefined> {
  const rawBody = Buffer.from(JSON.stringify({ TableName: table.replace(/^arn:.*:table\//, '') }));
  const { body } = await ask(engine, { ...call, operation: 'DescribeTable', rawBody });
  if (typeof body !== 'string') return undefined;
  const { data: described } = describedShape.safeParse(JSON.parse(body));
  return described?.Table.KeySchema.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName;
}

/** dynalite reads its account and region from the environment, once, when it is made. */
function withAccount<Value>(
  options: { readonly region: string; readonly accountId: string },
  make: () => Value,
): Value {
  const before = { AWS_ACCOUNT_ID: process.env['AWS_ACCOUNT_ID'], AWS_REGION: process.env['AWS_REGION'] };
  Object.assign(process.env, { AWS_ACCOUNT_ID: options.accountId, AWS_REGION: options.region });
  const made = make();
  for (const [name, value] of Object.entries(before)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  return made;
}

function ask(engine: EventEmitter, call: JsonCall): Promise<Answer> {
  return new Promise((resolve) => {
    const headers: Record<string, string> = {};
    const request = Object.assign(new EventEmitter(), {
      method: call.request.method,
      url: call.request.incoming.url ?? '/',
      headers: {
        ...call.request.incoming.headers,
        'x-amz-target': `DynamoDB_20120810.${call.operation}`,
        'content-length': String(call.rawBody.length),
      },
    });
    const response = {
      statusCode: 200,
      contentType: '',
      setHeader: (name: string, value: string | number) => void (headers[name.toLowerCase()] = String(value)),
      end: (body: string) => resolve({ status: response.statusCode, headers, body }),
    };
    engine.emit('request', request, response);
    request.emit('data', call.rawBody);
    request.emit('end');
  });
}
