import { visibleWidth } from '../local/terminal/colours.ts';
import { printable } from '../local/terminal/printable.ts';
import { wrapped } from '../local/terminal/words.ts';

/** Columns that a line may take before it is indented by two, so that it fits a terminal of 80. */
export const lineWidth = 78;

/**
 * Names with their values beside them in one column. A value that does not fit there has lines of its own below its
 * name, broken between words only: a link or a key must stay whole. What has no value is left out.
 */
export function factLines(
  pairs: readonly (readonly [name: string, value: string | undefined])[],
  nameWidth: number,
): readonly string[] {
  return pairs.flatMap(([name, value]) => {
    if (value === undefined || value === '') return [];
    const head = printable(name);
    const text = printable(value);
    const line = `${head.padEnd(nameWidth)}${head.length < nameWidth ? '' : ' '}${text}`;
    return visibleWidth(line) <= lineWidth ? [line] : [head, ...below(text)];
  });
}

/** A long value on lines of its own below what it belongs to. */
export function below(text: string): readonly string[] {
  return wrapped(text, lineWidth - 2).map((line) => `  ${line}`);
}
