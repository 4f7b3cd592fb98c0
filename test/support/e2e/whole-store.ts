import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetObjectCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import type { PipelineRun } from './pipeline-run.ts';
import { wholeLedger } from './whole-ledger.ts';

/** One thing that lies somewhere in a run, and what it holds. */
export interface Kept {
  /** `s3 <key> <version>`, `ledger <pk> <sk>`, `sqs <queue> <id>`, `file <path>`, `log <function>`. */
  readonly where: string;
  /** As it lies there, and once more with base64 and form taken off where it is a queue's message. */
  readonly texts: readonly string[];
  /** Lower-case hex, of the bytes as they lie there. */
  readonly sha256: string;
}

/** Everything that the stand-ins hold: every version in S3, every item, every message, every file below, every log line. */
export async function wholeStore(run: PipelineRun): Promise<readonly Kept[]> {
  const { aws, cloud, log } = run;
  run.operator.setClock();
  const items = await wholeLedger(run);
  const messages = aws.sqs
    .queueArns()
    .flatMap((arn) =>
      aws.sqs
        .messages(arn)
        .map(({ messageId, body, messageAttributes }) => ({ arn, messageId, body, messageAttributes })),
    );
  return [
    ...(await everyVersion(run)),
    ...items.map((item) =>
      kept(`ledger ${item['pk']?.S ?? ''} ${item['sk']?.S ?? ''}`, Buffer.from(JSON.stringify(item))),
    ),
    ...messages.map(({ arn, messageId, body, messageAttributes }) => ({
      ...kept(`sqs ${arn.split(':').at(-1) ?? arn} ${messageId}`, Buffer.from(body)),
      texts: [body, decoded(body), JSON.stringify(messageAttributes)],
    })),
    ...filesUnder(aws.dataDir).map((path) => kept(`file ${path}`, readFileSync(path))),
    ...cloud.functionNames.map((name) => kept(`log ${name}`, Buffer.from(log.of(name).join('\n')))),
  ];
}

async function everyVersion({ cloud, operator }: PipelineRun): Promise<readonly Kept[]> {
  const Bucket = cloud.archiveBucket;
  const { Versions = [], DeleteMarkers = [] } = await operator.s3.send(new ListObjectVersionsCommand({ Bucket }));
  const versions = Versions.map(async ({ Key, VersionId }) => {
    const found = await operator.s3.send(new GetObjectCommand({ Bucket, Key, VersionId }));
    const bytes = Buffer.from((await found.Body?.transformToByteArray()) ?? []);
    const one = kept(`s3 ${Key ?? ''} ${VersionId ?? ''}`, bytes);
    const parked = Key?.startsWith('parked/') === true ? [decoded(bytes.toString('utf8'))] : [];
    return { ...one, texts: [...one.texts, JSON.stringify(found.Metadata), ...parked] };
  });
  const markers = DeleteMarkers.map(({ Key, VersionId }) =>
    kept(`s3 ${Key ?? ''} ${VersionId ?? ''}`, Buffer.alloc(0)),
  );
  return [...(await Promise.all(versions)), ...markers];
}

function kept(where: string, bytes: Buffer): Kept {
  return { where, texts: [bytes.toString('latin1')], sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** The body of the request in a gateway's envelope, which may lie in a parked message's JSON, as people read it. */
function decoded(text: string): string {
  const message: unknown = JSON.parse(text);
  if (typeof message !== 'object' || message === null || !('body' in message)) return text;
  const body = String(message.body);
  if ('queueName' in message) return decoded(body);
  return decodeURIComponent(
    Buffer.from(body, 'base64')
      .toString('utf8')
      .replaceAll('+', ' ')
      .replaceAll(/%(?![0-9A-F]{2})/gi, '%25'),
  );
}

function filesUnder(dir: string): readonly string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
