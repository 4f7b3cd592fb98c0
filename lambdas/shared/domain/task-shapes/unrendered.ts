/** Whether a Studio template was sent as it is: `{{trigger.message.Body}}`. */
export function isUnrendered(text: string): boolean {
  return text.includes('{{') && template.test(text);
}

/** No braces inside, so a text is looked through once. */
const template = /\{\{[^{}]*\}\}/;

/** The paths of all texts in which a template was left unrendered, in the order of the keys; for what `withoutSecrets` left, which is not too deep. */
export function unrenderedPaths(value: unknown, path = ''): readonly string[] {
  if (typeof value === 'string') return isUnrendered(value) ? [path] : [];
  if (typeof value !== 'object' || value === null || JSON.isRawJSON(value)) return [];
  if (Array.isArray(value)) return value.flatMap((item: unknown, place) => unrenderedPaths(item, `${path}[${place}]`));
  return Object.entries(value).flatMap(([key, inner]) => unrenderedPaths(inner, path === '' ? key : `${path}.${key}`));
}
