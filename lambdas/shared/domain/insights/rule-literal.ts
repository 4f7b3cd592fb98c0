/** A JSONata expression that is one constant: its value; undefined for an expression that computes. */
export function literalOf(expression: string): { readonly value: string | number | boolean } | undefined {
  const text = expression.trim();
  if (text === 'true' || text === 'false') return { value: text === 'true' };
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return { value: Number(text) };
  const [, inDouble, inSingle] = /^(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')$/s.exec(text) ?? [];
  const quoted = inDouble ?? inSingle;
  return quoted === undefined ? undefined : { value: unescaped(quoted) };
}

/** The escapes are JSON's. (https://docs.jsonata.org/expressions, read 2026-11) */
function unescaped(quoted: string): string {
  return quoted.replaceAll(/\\(?:u([0-9a-fA-F]{4})|(.))/gs, (_whole, hex: string | undefined, one: string = '') =>
    hex === undefined ? (escapes.get(one) ?? one) : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);
