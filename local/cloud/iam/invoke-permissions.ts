import * as z from 'zod/mini';
import type { Resource } from '../template/resolved-template.ts';
import { TemplateError } from '../template/template-error.ts';
import { typedProperties } from '../template/typed-properties.ts';
import { fits } from './wildcards.ts';

const permissionSchema = z.strictObject({
  Action: z.literal('lambda:InvokeFunction'),
  FunctionName: z.string(),
  Principal: z.string(),
  SourceArn: z.optional(z.string()),
  SourceAccount: z.optional(z.string()),
});

/** An AWS service that is about to be wired to a function. */
export interface Caller {
  readonly service: 'apigateway.amazonaws.com' | 'events.amazonaws.com';
  readonly sourceArn: string;
  readonly functionArn: string;
  /** What is wired: for the error. */
  readonly where: string;
}

/** @throws {TemplateError} when no permission of the template lets the service run the function. */
export function invokeChecker(resources: readonly Resource[]): (caller: Caller) => void {
  const permissions = resources
    .filter(({ type }) => type === 'AWS::Lambda::Permission')
    .map((resource) => typedProperties(resource, permissionSchema));
  return ({ service, sourceArn, functionArn, where }) => {
    const allowed = permissions.some(
      (permission) =>
        permission.Principal === service &&
        (functionArn === permission.FunctionName || functionArn.endsWith(`:function:${permission.FunctionName}`)) &&
        (permission.SourceArn === undefined || fits(permission.SourceArn, sourceArn)),
    );
    if (!allowed)
      throw new TemplateError(where, `no AWS::Lambda::Permission lets ${service} run ${functionArn} for ${sourceArn}`);
  };
}
