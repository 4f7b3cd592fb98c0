import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { Resource } from '../template/resolved-template.ts';
import { TemplateError } from '../template/template-error.ts';
import { textMap, typedProperties, unused, wholeNumber } from '../template/typed-properties.ts';

/** A function as the template describes it. */
export interface FunctionSettings {
  /** The deployed function's name. */
  readonly name: string;
  readonly logicalId: string;
  readonly arn: string;
  readonly roleArn: string;
  /** The bundle's directory and file, and the export in it. */
  readonly directory: string;
  readonly file: string;
  readonly exportName: string;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  readonly reservedConcurrency: number | undefined;
  readonly environment: Readonly<Record<string, string>>;
}

const functionSchema = z.strictObject({
  Code: z.strictObject({ S3Bucket: z.string(), S3Key: z.string() }),
  Handler: z.string(),
  Runtime: z.string().check(z.regex(/^nodejs/, 'only Node.js functions run here')),
  Role: z.string(),
  FunctionName: z.optional(z.string()),
  Timeout: z._default(wholeNumber, 3),
  MemorySize: z._default(wholeNumber, 128),
  ReservedConcurrentExecutions: z.optional(wholeNumber),
  Environment: z.optional(z.strictObject({ Variables: z.optional(textMap) })),
  Architectures: unused,
  Description: unused,
  EphemeralStorage: unused,
  KmsKeyArn: unused,
  LoggingConfig: unused,
  RuntimeManagementConfig: unused,
  RecursiveLoop: unused,
  Tags: unused,
  TracingConfig: unused,
});

/** @throws {TemplateError} when the function is not Node.js, or its bundle does not lie in the assembly. */
export function functionSettings(resource: Resource): FunctionSettings {
  const properties = typedProperties(resource, functionSchema);
  const directory = resource.stack.assetPath(properties.Code.S3Key);
  const [module = '', exportName = ''] = properties.Handler.split('.');
  const file = ['.js', '.mjs', '.cjs']
    .map((suffix) => join(directory, module + suffix))
    .find((path) => existsSync(path));
  if (!file) throw new TemplateError(resource.where, `its bundle in ${directory} has no ${module}.js, .mjs or .cjs`);
  return {
    name: resource.ref(),
    logicalId: resource.logicalId,
    arn: resource.attribute('Arn'),
    roleArn: properties.Role,
    directory,
    file,
    exportName,
    timeoutSeconds: properties.Timeout,
    memoryMegabytes: properties.MemorySize,
    reservedConcurrency: properties.ReservedConcurrentExecutions,
    environment: properties.Environment?.Variables ?? {},
  };
}
