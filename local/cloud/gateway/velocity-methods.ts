/** Methods that templates call on Java's strings and maps and JavaScript's do not have, or have otherwise. */
interface MethodCall {
  readonly property: string;
  readonly context: unknown;
  readonly params: readonly unknown[];
}

type Method<Value> = (value: Value, params: readonly unknown[]) => unknown;

const textAt = (params: readonly unknown[], index: number): string => String(params[index]);

const stringMethods: Readonly<Record<string, Method<string>>> = {
  contains: (text, params) => text.includes(textAt(params, 0)),
  equals: (text, params) => text === params[0],
  equalsIgnoreCase: (text, params) => text.toLowerCase() === textAt(params, 0).toLowerCase(),
  isEmpty: (text) => text === '',
  length: (text) => text.length,
  matches: (text, params) => new RegExp(`^(?:${textAt(params, 0)})$`).test(text),
  // Java's replaceAll takes a pattern, JavaScript's a plain text.
  replaceAll: (text, params) => text.replace(new RegExp(textAt(params, 0), 'g'), textAt(params, 1)),
  replace: (text, params) => text.replaceAll(textAt(params, 0), textAt(params, 1)),
};

type PlainMap = Readonly<Record<string, unknown>>;

const mapMethods: Readonly<Record<string, Method<PlainMap>>> = {
  containsKey: (map, params) => Object.hasOwn(map, textAt(params, 0)),
  entrySet: (map) => Object.entries(map).map(([key, value]) => ({ key, value })),
  get: (map, params) => (Object.hasOwn(map, textAt(params, 0)) ? map[textAt(params, 0)] : undefined),
  isEmpty: (map) => Object.keys(map).length === 0,
  keySet: (map) => Object.keys(map),
  size: (map) => Object.keys(map).length,
  values: (map) => Object.values(map),
};

function isPlainMap(value: unknown): value is PlainMap {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function methodFor({ context, property }: MethodCall): ((params: readonly unknown[]) => unknown) | undefined {
  if (typeof context === 'string' && Object.hasOwn(stringMethods, property))
    return (params) => stringMethods[property]?.(context, params);
  if (isPlainMap(context) && Object.hasOwn(mapMethods, property))
    return (params) => mapMethods[property]?.(context, params);
  return undefined;
}

/** For velocityjs's `customMethodHandlers`; asked before its own. */
export const javaMethods = [
  {
    uid: 'java',
    match: (call: MethodCall): boolean => methodFor(call) !== undefined,
    resolve: (call: MethodCall): unknown => methodFor(call)?.(call.params),
  },
];
