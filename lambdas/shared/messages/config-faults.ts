import type * as z from 'zod/mini';
import { nearest } from '../domain/nearest.ts';

/** One thing that is wrong in a file of config/. `value` is absent where something is missing. */
export interface ConfigFault {
  /** `rules[2].write`. */
  readonly path: string;
  readonly value?: unknown;
  /** What was allowed; what to do. */
  readonly message: string;
}

export const noJson: ConfigFault = {
  path: 'the file',
  message: 'no JSON; look for a missing or superfluous comma',
};

/** A fault in one line: its path, the value, what was allowed and what to do. */
export function faultText({ path, value, message }: ConfigFault): string {
  return value === undefined ? `${path}: ${message}` : `${path} is ${shown(value)}; allowed is ${message}`;
}

const theFile = 'the file';

/** Enough to find it by. */
function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length <= 100 ? text : `${text.slice(0, 100)}…`;
}

/** What is wrong in the shape of a file, of what zod found; for an unknown key the nearest of `knownKeys` is offered. */
export function shapeFaults(issue: z.core.$ZodIssue, knownKeys: readonly string[]): readonly ConfigFault[] {
  const path = pathText(issue.path);
  const at = { path, ...(issue.input !== undefined && { value: issue.input }) };
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(path, key, knownKeys));
    case 'invalid_value':
      return [{ ...at, message: `one of ${issue.values.map((one) => JSON.stringify(one)).join(', ')}; choose one` }];
    case 'invalid_type':
      if (issue.input === undefined)
        return [{ path, message: `missing; allowed is ${article(issue.expected)}; add it` }];
      return [{ ...at, message: `${article(issue.expected)}; correct it` }];
    case 'invalid_union':
      return [{ ...at, message: 'a text or null; choose one' }];
    default:
      return [
        { ...at, message: issue.message === 'Invalid input' ? 'what schema.json says; correct it' : issue.message },
      ];
  }
}

function unknownKey(parent: string, key: string, knownKeys: readonly string[]): ConfigFault {
  const near = nearest(key, knownKeys);
  return {
    path: parent === theFile ? key : `${parent}.${key}`,
    message: `no key of this file${near === undefined ? '' : ` (did you mean ${near}?)`}; allowed are those of schema.json; rename it or take it away`,
  };
}

function pathText(path: readonly PropertyKey[]): string {
  const text = path.reduce<string>((before, part) => {
    if (typeof part === 'number') return `${before}[${part}]`;
    const name = String(part);
    if (!/^[\w$-]+$/.test(name)) return `${before}[${JSON.stringify(name)}]`;
    return before === '' ? name : `${before}.${name}`;
  }, '');
  return text === '' ? theFile : text;
}

const articles: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'an object',
  record: 'an object',
  string: 'a text',
  int: 'a whole number',
};

function article(type: string): string {
  return articles[type] ?? `a ${type}`;
}
