import { maxDepth } from '../secrets-in-attributes.ts';

/** Whether a Studio template was sent as it is: `{{trigger.message.Body}}`. */
export function isUnrendered(text: string): boolean {
  return text.includes('{{') && template.test(text);
}

/** No braces inside, so a text is looked through once. */
const template = /\{\{[^{}]*\}\}/;

/** The paths of all texts in which a template was left unrendered, in the order of the keys. */
export function unrenderedPaths(value: unknown, path = '', depth = 0): readonly string[] {
  if (typeof value === 'string') return isUnrendered(value) ? [path] : [];
  if (typeof value !== 'object' || value === null || JSON.isRawJSON(value) || depth > maxDepth) return [];
  if (Array.isArray(value))
    return value.flatMap((item: unknown, place) => unrenderedPaths(item, `${path}[${place}]`, depth + 1));
  return Object.entries(value).flatMap(([key, inner]) =>
    unrenderedPaths(inner, path === '' ? key : `${path}.${key}`, depth + 1),
  );
}
