import * as z from 'zod/mini';
import { AwsError } from '../aws-error.ts';
import { jsonAnswer } from '../http/answer.ts';
import { jsonService, readParameters } from '../http/json-service.ts';
import type { Service } from '../http/service.ts';
import { openKeptMap, type KeptMap } from '../kept-map.ts';
import type { LocalParameters } from '../local-aws.ts';

const storedShape = z.object({
  name: z.string(),
  value: z.string(),
  version: z.number(),
  modifiedAtEpochMs: z.number(),
});
type StoredParameter = Readonly<z.infer<typeof storedShape>>;
const getShape = z.object({ Name: z.string() });

/** String parameters of SSM: put by whoever runs the stand-in, read by GetParameter. */
export function openParameters(options: {
  readonly file: string | undefined;
  readonly region: string;
  readonly accountId: string;
  readonly now: () => number;
}): { readonly local: LocalParameters; readonly service: Service } {
  const kept = openKeptMap(options.file, (content) => storedShape.parse(content));
  return {
    local: {
      get: (name) => kept.get(name)?.value,
      put(name, value) {
        const version = (kept.get(name)?.version ?? 0) + 1;
        kept.set(name, { name, value, version, modifiedAtEpochMs: options.now() });
      },
    },
    service: jsonService({
      version: '1.1',
      target: 'AmazonSSM',
      denial: 'AccessDeniedException',
      work(call) {
        if (call.operation !== 'GetParameter') {
          throw new AwsError(400, 'UnknownOperationException', `The local SSM does not offer ${call.operation}.`);
        }
        const { Name } = readParameters(getShape, call, 'ValidationException');
        const arn = `arn:aws:ssm:${options.region}:${options.accountId}:parameter/${Name.replace(/^\//, '')}`;
        return {
          calls: [{ service: 'ssm', action: 'ssm:GetParameter', resource: arn, conditions: {} }],
          run: () => jsonAnswer('1.1', { Parameter: shown(kept, Name, arn) }),
        };
      },
    }),
  };
}

function shown(kept: KeptMap<StoredParameter>, name: string, arn: string): object {
  const found = kept.get(name);
  if (found === undefined) throw new AwsError(400, 'ParameterNotFound', `Parameter ${name} not found.`);
  return {
    Name: name,
    Type: 'String',
    Value: found.value,
    Version: found.version,
    ARN: arn,
    DataType: 'text',
    LastModifiedDate: found.modifiedAtEpochMs / 1000,
  };
}
