import * as z from 'zod/mini';
import { AwsError } from '../aws-error.ts';
import { jsonAnswer } from '../http/answer.ts';
import { jsonService, readParameters } from '../http/json-service.ts';
import type { Service, Work } from '../http/service.ts';
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
const putShape = z.object({
  Name: z.string(),
  Value: z.string(),
  Type: z.optional(z.literal('String', 'only String parameters are kept here')),
  Overwrite: z._default(z.boolean(), false),
});

/** String parameters of SSM, with PutParameter and GetParameter. */
export function openParameters(options: {
  readonly file: string | undefined;
  readonly region: string;
  readonly accountId: string;
  readonly now: () => number;
}): { readonly local: LocalParameters; readonly service: Service } {
  const kept = openKeptMap(options.file, (content) => storedShape.parse(content));
  const put = (name: string, value: string): number => {
    const version = (kept.get(name)?.version ?? 0) + 1;
    kept.set(name, { name, value, version, modifiedAtEpochMs: options.now() });
    return version;
  };
  const arnOf = (name: string): string =>
    `arn:aws:ssm:${options.region}:${options.accountId}:parameter/${name.replace(/^\//, '')}`;
  return {
    local: { get: (name) => kept.get(name)?.value, put: (name, value) => void put(name, value) },
    service: jsonService({
      version: '1.1',
      target: 'AmazonSSM',
      denial: 'AccessDeniedException',
      work(call) {
        const onParameter = (name: string, run: () => object): Work => ({
          calls: [{ service: 'ssm', action: `ssm:${call.operation}`, resource: arnOf(name), conditions: {} }],
          run: () => jsonAnswer('1.1', run()),
        });
        if (call.operation === 'GetParameter') {
          const { Name } = readParameters(getShape, call, 'ValidationException');
          return onParameter(Name, () => ({ Parameter: shown(kept, Name, arnOf(Name)) }));
        }
        if (call.operation === 'PutParameter') {
          const { Name, Value, Overwrite } = readParameters(putShape, call, 'ValidationException');
          return onParameter(Name, () => {
            if (kept.get(Name) !== undefined && !Overwrite)
              throw new AwsError(400, 'ParameterAlreadyExists', `The parameter ${Name} already exists.`);
            return { Version: put(Name, Value), Tier: 'Standard' };
          });
        }
        throw new AwsError(400, 'UnknownOperationException', `The local SSM does not offer ${call.operation}.`);
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
