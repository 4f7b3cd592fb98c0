/** What a text such as `{leadId=7, json={note=a, b=c}}` holds, as well as can be said. */
export interface MapText {
  readonly entries: Readonly<Record<string, unknown>>;
  /** False where the text ends before its braces are closed, or goes on after them. */
  readonly isWhole: boolean;
}

interface OpenMap {
  readonly key: string;
  readonly entries: (readonly [string, unknown])[];
}

/**
 * Reads a map that a program printed instead of sending it: Java's `{key=value, key={…}}`. All values are texts or maps.
 *
 * The format quotes nothing, so this is a best guess: a value ends where `, name=` or a closing brace follows, and may
 * have commas and equal signs of its own (`note=two rooms, quiet`, `url=https://example.com/?a=b`). Undefined for a text
 * that does not begin with a brace and a name. Maps that are more than 20 deep are values.
 */
export function parseMapText(text: string): MapText | undefined {
  const source = text.trim();
  if (!beginning.test(source)) return undefined;
  const root: OpenMap = { key: '', entries: [] };
  const open: OpenMap[] = [root];
  let place = 1;
  while (open.length > 0 && place < source.length) place = readOn(source, place, open);
  const isWhole = open.length === 0 && place === source.length;
  while (open.length > 1) close(open);
  return { entries: Object.fromEntries(root.entries), isWhole };
}

const beginning = /^\{\s*(?:[A-Za-z_][\w.-]*=|\}$)/;
const name = /([A-Za-z_][\w.-]*)=/y;
const map = /\{\s*(?=[A-Za-z_][\w.-]*=|\})/y;
const valueEnd = /,\s*[A-Za-z_][\w.-]*=|\}\s*(?:[,}]|$)/g;

/** Reads one step from `place` on, and says where the next one begins: always further on. */
function readOn(source: string, place: number, open: OpenMap[]): number {
  if (source[place] === '}') {
    close(open);
    return place + 1;
  }
  const key = match(name, source, place)?.[1];
  if (key === undefined) return place + 1;
  const from = place + key.length + 1;
  const inner = open.length < 20 ? match(map, source, from) : null;
  if (inner !== null) {
    open.push({ key, entries: [] });
    return from + inner[0].length;
  }
  const to = match(valueEnd, source, from)?.index ?? source.length;
  open.at(-1)?.entries.push([key, source.slice(from, to).trim()]);
  return to;
}

function close(open: OpenMap[]): void {
  const closed = open.pop();
  if (closed !== undefined) open.at(-1)?.entries.push([closed.key, Object.fromEntries(closed.entries)]);
}

function match(pattern: RegExp, source: string, place: number): RegExpExecArray | null {
  pattern.lastIndex = place;
  return pattern.exec(source);
}
