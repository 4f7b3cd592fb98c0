import * as z from 'zod/mini';
import type { Resource } from './resolved-template.ts';
import { TemplateError } from './template-error.ts';

/**
 * The computed properties of a resource, in the shape that `schema` wants.
 *
 * Schemas here are strict: a property that nobody thought of is refused by name, because leaving it out would make the
 * local cloud differ from the deployed one in silence.
 *
 * @throws {TemplateError} naming the resource and each property that does not fit.
 */
export function typedProperties<Schema extends z.ZodMiniType>(resource: Resource, schema: Schema): z.output<Schema> {
  const read = schema.safeParse(resource.properties());
  if (read.success) return read.data;
  const faults = read.error.issues.map((issue) =>
    issue.code === 'unrecognized_keys'
      ? `${[...issue.path, ''].join('.')}${issue.keys.join(', ')} is not known here`
      : `${issue.path.join('.') || 'properties'}: ${issue.message}`,
  );
  throw new TemplateError(resource.where, faults.join('; '));
}

/** A property that is read and means nothing locally. */
export const unused = z.optional(z.unknown());

/** Numbers and booleans may be written as text in a template. */
export const wholeNumber = z.pipe(
  z.union([z.number(), z.string().check(z.regex(/^\d+(\.\d+)?$/))]),
  z.transform((value) => Number(value)),
);

export const trueOrFalse = z.pipe(
  z.union([z.boolean(), z.enum(['true', 'false'])]),
  z.transform((value) => value === true || value === 'true'),
);

export const textMap = z.record(z.string(), z.string());
