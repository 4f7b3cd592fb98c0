import type { getHttpOperationsFromSpec } from '@stoplight/prism-http';

/** One operation of an OpenAPI file, as Prism reads it: every reference is replaced by what it names. */
export type Operation = Awaited<ReturnType<typeof getHttpOperationsFromSpec>>[number];

type Content = NonNullable<Operation['responses'][number]['contents']>[number];

export type Schema = NonNullable<Content['schema']>;

/** The schema of one property, where it is more than `true`. */
export function propertyOf(schema: Schema | undefined, name: string): Schema | undefined {
  const property = schema?.properties?.[name];
  return typeof property === 'object' ? property : undefined;
}

/** The schema of an array's items, where they all have the same one. */
export function itemsOf(schema: Schema | undefined): Schema | undefined {
  const items = schema?.items;
  return typeof items === 'object' && !Array.isArray(items) ? items : undefined;
}

/** What the file gives as examples of this content. */
export function examplesOf(content: Content | undefined): readonly unknown[] {
  return (content?.examples ?? []).flatMap((example) => ('value' in example ? [example.value] : []));
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export const isList = (schema: Schema | undefined): boolean => [schema?.type].flat().includes('array');
