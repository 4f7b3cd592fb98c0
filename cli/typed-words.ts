import { UsageError } from '../local/terminal/options.ts';
import type { OptionSpecs, TypedOptions } from '../local/terminal/options.ts';

/** Who types this, for the timeline. */
export const whoOption: OptionSpecs = {
  who: { kind: 'text', placeholder: 'name', help: 'your name, for the record: 1 to 64 characters' },
};

/** @throws {UsageError} when it was left out or is not 1 to 64 characters on one line. */
export function typedWho(typed: TypedOptions): string {
  return typedText(typed, 'who', /^\P{Cc}{1,64}$/u, 'a name of 1 to 64 characters, without control characters');
}

/** @throws {UsageError} when it was left out or is not 1 to 500 characters on one line. */
export function typedWhy(typed: TypedOptions): string {
  return typedText(typed, 'why', /^\P{Cc}{1,500}$/u, 'a reason of 1 to 500 characters, without control characters');
}

/** @throws {UsageError} when it was left out or cannot name a matter. */
export function typedMatter(typed: TypedOptions): string {
  return typedText(typed, 'matter', /^[A-Za-z0-9._-]{1,64}$/, '1 to 64 letters, digits, dots, hyphens and underscores');
}

function typedText({ texts }: TypedOptions, name: string, shape: RegExp, wanted: string): string {
  const text = texts.get(name);
  if (text === undefined) throw new UsageError(`--${name} is missing: ${wanted} is wanted`);
  if (!shape.test(text) || text.trim() === '') throw new UsageError(`--${name} wants ${wanted}`);
  return text;
}
