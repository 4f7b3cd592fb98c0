/**
 * A deep copy, so that whatever JSONata marks on the arrays it walks through is marked on nobody else's. Left out are the
 * keys by which JSONata knows its own functions: what a customer typed into a form shall not pass for one.
 */
export function copied(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || JSON.isRawJSON(value)) return value;
  if (Array.isArray(value)) return value.map(copied);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !key.startsWith('_jsonata_'))
      .map(([key, item]) => [key, copied(item)]),
  );
}

/**
 * JSONata's result as plain JSON: arrays without its marks, objects with the usual prototype, nothing undefined inside.
 * `undefined` for a value that JSON has not, such as a function, wherever in it that stands.
 */
export function plainResult(value: unknown): { readonly value: unknown } | undefined {
  if (value === undefined || value === null || JSON.isRawJSON(value)) return { value };
  if (typeof value === 'string' || typeof value === 'boolean') return { value };
  if (typeof value === 'number') return Number.isFinite(value) ? { value } : undefined;
  if (typeof value !== 'object' || isFunctionOfJsonata(value)) return undefined;
  if (Array.isArray(value)) {
    const items = value.filter((item) => item !== undefined).map(plainResult);
    return items.every((item) => item !== undefined) ? { value: items.map((item) => item.value) } : undefined;
  }
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .map(([key, item]) => [key, plainResult(item)] as const);
  return entries.every(([, item]) => item !== undefined)
    ? { value: Object.fromEntries(entries.map(([key, item]) => [key, item?.value])) }
    : undefined;
}

function isFunctionOfJsonata(value: object): boolean {
  return '_jsonata_function' in value || '_jsonata_lambda' in value;
}
