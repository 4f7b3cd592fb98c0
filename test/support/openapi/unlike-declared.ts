import { isRecord, itemsOf, propertyOf } from './operation.ts';
import type { Schema } from './operation.ts';

/**
 * How the properties of an answer differ from those declared, as facts to read. Prism checks the types of what is
 * there; no file of Twilio's requires a property or forbids one, so that an answer `{}` would please it.
 *
 * Each declared property must be there, unless there are examples and none has it. None may be there that is neither
 * declared nor in an example. Where only examples say what a map of links holds, these links are the ones.
 */
export function unlikeDeclared(
  schema: Schema | undefined,
  examples: readonly unknown[],
  value: unknown,
  path = '',
): readonly string[] {
  if (Array.isArray(value)) {
    const inside = examples.flatMap((example) => (Array.isArray(example) ? example : []));
    return value.flatMap((item, place) => unlikeDeclared(itemsOf(schema), inside, item, `${path}[${place}]`));
  }
  const shown = examples.filter(isRecord);
  const declared = Object.keys(schema?.properties ?? {});
  const named = declared.length > 0 ? declared : isMapOfLinks(schema) ? shownByAll(shown) : [];
  if (typeof value === 'string')
    return schema?.format === RFC_2822 && !isRfc2822(value) ? [`${path} is no RFC 2822 date`] : [];
  if (!isRecord(value) || named.length === 0) return [];
  const known = new Set([...named, ...shown.flatMap(Object.keys)]);
  const wanted = named.filter((name) => shown.length === 0 || shown.some((example) => name in example));
  const at = (name: string): string => (path === '' ? name : `${path}.${name}`);
  return [
    ...[...new Set(wanted)].filter((name) => !(name in value)).map((name) => `property ${at(name)} is missing`),
    ...Object.entries(value).flatMap(([name, inner]) => {
      if (!known.has(name)) return [`property ${at(name)} is not declared`];
      const insideExamples = shown.flatMap((example) => (name in example ? [example[name]] : []));
      return unlikeDeclared(propertyOf(schema, name), insideExamples, inner, at(name));
    }),
  ];
}

/** Prism does not know this format. */
const RFC_2822 = 'date-time-rfc-2822';
const isRfc2822 = (text: string): boolean => /^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} [+-]\d{4}$/.test(text);

function shownByAll([first, ...others]: readonly Readonly<Record<string, unknown>>[]): readonly string[] {
  return Object.keys(first ?? {}).filter((name) => others.every((example) => name in example));
}

const isMapOfLinks = (schema: Schema | undefined): boolean => schema?.format === 'uri-map';
