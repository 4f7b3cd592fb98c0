/** How Java escapes for JavaScript: as API Gateway's `$util.escapeJavaScript`, characters beyond ASCII included. */
function escapeJavaScript(text: string): string {
  const short: Readonly<Record<string, string>> = { '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r' };
  return text.replace(/[^\x20-\x7e]|["'\\/]/g, (character) => {
    if ('"\'\\/'.includes(character)) return `\\${character}`;
    return short[character] ?? `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  });
}

/** Java's URLEncoder: space is `+`, and `*` stays while `~!'()` do not. */
function urlEncode(text: string): string {
  return encodeURIComponent(text)
    .replace(/[~!'()]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}

/**
 * `$util` of mapping templates.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html (read 2026-11)
 */
export const velocityUtil = {
  base64Encode: (text: unknown): string => Buffer.from(String(text), 'utf8').toString('base64'),
  base64Decode: (text: unknown): string => Buffer.from(String(text), 'base64').toString('utf8'),
  escapeJavaScript: (text: unknown): string => escapeJavaScript(String(text)),
  parseJson: (text: unknown): unknown => JSON.parse(String(text)),
  urlEncode: (text: unknown): string => urlEncode(String(text)),
  urlDecode: (text: unknown): string => decodeURIComponent(String(text).replaceAll('+', ' ')),
};
