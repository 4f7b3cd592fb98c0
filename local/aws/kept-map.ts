import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as z from 'zod/mini';

const lineShape = z.union([z.tuple([z.string()]), z.tuple([z.string(), z.unknown()])]);

/** A map that outlives the process when it has a file: every change is a line, and lines are read back at the next start. */
export interface KeptMap<Value> {
  get(key: string): Value | undefined;
  values(): IterableIterator<Value>;
  set(key: string, value: Value): void;
  delete(key: string): void;
}

/**
 * Opens the map; without `file` it lives in memory alone. The file is rewritten with what is current at each opening,
 * so it grows with the changes of one run only. A half-written last line, left by a killed process, is dropped.
 *
 * @throws when a whole line is not what `read` expects: the directory is another version's.
 */
export function openKeptMap<Value>(file: string | undefined, read: (content: unknown) => Value): KeptMap<Value> {
  const entries = new Map<string, Value>();
  if (file === undefined)
    return {
      get: (key) => entries.get(key),
      values: () => entries.values(),
      set: (key, value) => void entries.set(key, value),
      delete: (key) => void entries.delete(key),
    };
  if (existsSync(file)) replay(readFileSync(file, 'utf8'), entries, read);
  writeFileSync(`${file}.new`, [...entries].map((entry) => line(...entry)).join(''));
  renameSync(`${file}.new`, file);
  return {
    get: (key) => entries.get(key),
    values: () => entries.values(),
    set(key, value) {
      appendFileSync(file, line(key, value));
      entries.set(key, value);
    },
    delete(key) {
      if (!entries.delete(key)) return;
      appendFileSync(file, line(key));
    },
  };
}

function replay<Value>(text: string, entries: Map<string, Value>, read: (content: unknown) => Value): void {
  const lines = text.split('\n');
  // What follows the last line break was not written to its end.
  for (const written of lines.slice(0, -1)) {
    const [key, value] = lineShape.parse(JSON.parse(written));
    if (value === undefined) entries.delete(key);
    else entries.set(key, read(value));
  }
}

function line(key: string, value?: unknown): string {
  return `${JSON.stringify(value === undefined ? [key] : [key, value])}\n`;
}
