import type { Section } from './judged-sections.ts';
import { below } from '../fact-lines.ts';
import { rowsWithMore } from '../rows.ts';
import type { Colours } from '../../local/terminal/colours.ts';
import { printable } from '../../local/terminal/printable.ts';

/** A heading, its sentences and its table, for a person at a terminal. */
export function sectionLines({ title, sentences, columns, rows }: Section, colours: Colours): readonly string[] {
  const table = rowsWithMore(
    columns,
    rows.map((cells) => ({ cells, below: [] })),
  );
  return [
    '',
    colours.bold(title),
    ...sentences.flatMap((sentence) => below(printable(sentence))),
    ...table.map((line) => `  ${line}`),
  ];
}

/** One line for each thing that is told, for logs and for other programs that read lines. */
export function plainSectionLines({ word, sentences, rows, line }: Section): readonly string[] {
  return [...sentences, ...rows.map((cells) => line(...cells))].map((text) => printable(`${word} ${text}`));
}
