/**
 * The part of a JSON text at a path of names and indexes (`$`, `$.a.b`, `$['a'][0]`); `undefined` where there is none.
 *
 * @throws {Error} for any other JSONPath: wildcards and filters are not known here.
 */
export function jsonPath(text: string, path: string): unknown {
  const steps = stepsOf(path);
  let value: unknown = JSON.parse(text === '' ? '{}' : text);
  for (const step of steps) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Reflect.get(value, step);
  }
  return value;
}

function stepsOf(path: string): readonly string[] {
  const step = /\.([A-Za-z_][\w-]*)|\[(\d+)\]|\['([^']*)'\]/y;
  const steps: string[] = [];
  let at = 1;
  while (at < path.length) {
    step.lastIndex = at;
    const found = step.exec(path);
    if (!found) break;
    steps.push(found[1] ?? found[2] ?? found[3] ?? '');
    at = step.lastIndex;
  }
  if (!path.startsWith('$') || at !== path.length) throw new Error(`the JSONPath ${path} is not known here`);
  return steps;
}
