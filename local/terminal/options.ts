import { parseArgs } from 'node:util';
import { wrapped } from './words.ts';
import { nearest } from '../../lambdas/shared/domain/nearest.ts';

/** One option of a command: a flag, or a name that is followed by a text. */
export type OptionSpec =
  | { readonly kind: 'flag'; readonly help: string }
  | { readonly kind: 'text'; readonly placeholder: string; readonly help: string };

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

/** What was typed: flags are true or false, texts are there or not. */
export interface TypedOptions {
  readonly flags: ReadonlySet<string>;
  readonly texts: ReadonlyMap<string, string>;
  readonly words: readonly string[];
}

/** The person typed something that is no option or lacks its value; the message says what to type instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** What is told below the message, each on a line of its own. */
  readonly details: readonly string[];
  constructor(message: string, { details = [], ...options }: ErrorOptions & { details?: readonly string[] } = {}) {
    super(message, options);
    this.details = details;
  }
}

/**
 * Reads a command line against the options it may hold; `--name value` and `--name=value` are the same.
 *
 * @throws {UsageError} for an unknown option (with the nearest one), a text option without its text or typed twice, a flag
 *   with one.
 */
export function readOptions(typed: readonly string[], specs: OptionSpecs): TypedOptions {
  const { tokens } = parseArgs({
    args: [...typed],
    strict: false,
    tokens: true,
    options: Object.fromEntries(
      Object.entries(specs).map(([name, spec]) => [
        name,
        { type: spec.kind === 'flag' ? 'boolean' : 'string' } as const,
      ]),
    ),
  });
  const flags = new Set<string>();
  const texts = new Map<string, string>();
  const words: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    const spec = Object.hasOwn(specs, token.name) ? specs[token.name] : undefined;
    if (spec === undefined) throw new UsageError(unknownOption(token.rawName, Object.keys(specs)));
    if (spec.kind === 'flag') {
      if (token.value !== undefined) throw new UsageError(`${token.rawName} takes no value, and was given one`);
      flags.add(token.name);
    } else {
      if (token.value === undefined || token.value === '' || (!token.inlineValue && token.value.startsWith('--'))) {
        throw new UsageError(`${token.rawName} wants a value: ${token.rawName} <${spec.placeholder}>`);
      }
      // The last one would win and the first be forgotten, of two that were to be deleted, say.
      if (texts.has(token.name)) throw new UsageError(`${token.rawName} is typed twice: type it once (--help)`);
      texts.set(token.name, token.value);
    }
  }
  return { flags, texts, words };
}

/** The lines of `--help` for the options, explained beside them. */
export function optionHelp(specs: OptionSpecs): readonly string[] {
  return explained(
    Object.entries(specs).map(([name, spec]) => [
      `--${name}${spec.kind === 'text' ? ` <${spec.placeholder}>` : ''}`,
      spec.help,
    ]),
  );
}

/** A head wider than this has its explanation on the next lines, so that one long name does not push all of them away. */
const WIDEST_HEAD = 26;
/** No line of help is wider, so that it stays a table on the narrowest terminal that is common. */
const HELP_WIDTH = 80;

/** Heads with their explanations beside them, as `--help` shows options and commands; indented by two spaces. */
export function explained(pairs: readonly (readonly [head: string, text: string])[]): readonly string[] {
  const width = Math.max(0, ...pairs.map(([head]) => head.length).filter((length) => length <= WIDEST_HEAD));
  const margin = ' '.repeat(width + 4);
  return pairs.flatMap(([head, text]) => {
    const [first = '', ...others] = wrapped(text, HELP_WIDTH - margin.length);
    const beside = [`  ${head.padEnd(width + 2)}${first}`];
    return [
      ...(head.length <= width ? beside : [`  ${head}`, `${margin}${first}`]),
      ...others.map((line) => `${margin}${line}`),
    ];
  });
}

/** A whole number from `least` to `most`, or a `UsageError` that says so. */
export function wholeNumber(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) {
    throw new UsageError(`--${name} wants a whole number from ${least} to ${most}, not "${text}"`);
  }
  return value;
}

function unknownOption(rawName: string, names: readonly string[]): string {
  const near = nearest(rawName.replace(/^-+/, ''), names);
  return near === undefined
    ? `${rawName} is no option here; --help lists them`
    : `${rawName} is no option here; did you mean --${near}?`;
}
