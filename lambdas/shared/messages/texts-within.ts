import { jsonOf } from './json-text.ts';

/** A form in JSON in base64 in JSON is the deepest that any message of ours is; what nests deeper is nobody's. */
const deepest = 10;

/**
 * Every text within a text, the text itself first: what JSON, a form, percent-encoding or base64 holds, and what those
 * texts hold in turn. Made for searching: a text may come several times, and some that come are none.
 */
export function textsWithin(text: string): readonly string[] {
  return collect(text, 0);
}

function collect(text: string, depth: number): readonly string[] {
  if (text === '' || depth > deepest) return [];
  const value = /^\s*[[{"]/.test(text) ? jsonOf(text) : undefined;
  if (value !== undefined) return [text, ...leavesOf(value).flatMap((leaf) => collect(leaf, depth + 1))];
  const inner = [...formTexts(text), ...percentDecoded(text), ...base64Decoded(text)];
  return [text, ...inner.flatMap((one) => collect(one, depth + 1))];
}

/** Every text and number of a JSON value, keys too: a key may be a number that somebody was called by. */
function leavesOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return [String(value)];
  if (typeof value !== 'object' || value === null) return [];
  const keys = Array.isArray(value) ? [] : Object.keys(value);
  return [...keys, ...Object.values(value).flatMap(leavesOf)];
}

function formTexts(text: string): readonly string[] {
  if (!/^[^\s=&]+=[^\s]*$/.test(text)) return [];
  return [...new URLSearchParams(text)].flatMap(([name, value]) => [name, value].filter((one) => one !== text));
}

function percentDecoded(text: string): readonly string[] {
  if (!/%[0-9A-Fa-f]{2}/.test(text)) return [];
  const decoded = new URLSearchParams(`t=${text.replaceAll('&', '%26').replaceAll('+', '%2B')}`).get('t') ?? '';
  return decoded === text ? [] : [decoded];
}

/** Only what comes out as text: no control characters but white space, and no bytes that are not UTF-8. */
function base64Decoded(text: string): readonly string[] {
  if (text.length < 8 || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) return [];
  const decoded = Buffer.from(text, 'base64').toString('utf8');
  return /[\u0000-\u0008\u000e-\u001f\ufffd]/.test(decoded) ? [] : [decoded];
}
