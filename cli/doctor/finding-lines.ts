import type { Examined } from './examine.ts';
import type { Finding } from './finding.ts';
import { lineWidth } from '../fact-lines.ts';
import type { Colours } from '../../local/terminal/colours.ts';
import { printable } from '../../local/terminal/printable.ts';
import { wrapped } from '../../local/terminal/words.ts';

const kindWidth = 8;
const margin = ' '.repeat(2 + kindWidth);
const indent = `${margin}  `;

/**
 * A finding as people read it: how it is, what was looked at and what was seen, and below it what there is to do. The
 * state is a word of its own, so that it is read without colours, too.
 */
export function findingLines({ check, finding }: Examined, colours: Colours): readonly string[] {
  const state = colourOf(finding, colours)(finding.kind.padEnd(kindWidth));
  const [first = '', ...others] = wrapped(
    printable(`${check.name}: ${finding.kind === 'skipped' ? finding.why : finding.seen}`),
    lineWidth - margin.length,
  );
  const todo = 'todo' in finding ? wrapped(printable(`→ ${finding.todo}`), lineWidth - indent.length) : [];
  return [`  ${state}${first}`, ...others.map((line) => `${indent}${line}`), ...todo.map((line) => `${indent}${line}`)];
}

function colourOf({ kind }: Finding, colours: Colours): (text: string) => string {
  switch (kind) {
    case 'ok':
      return colours.green;
    case 'warning':
      return colours.yellow;
    case 'failed':
      return colours.red;
    case 'skipped':
      return colours.dim;
  }
}

export interface FindingCounts {
  readonly ok: number;
  readonly warning: number;
  readonly failed: number;
  readonly skipped: number;
}

export function countFindings(examined: readonly Examined[]): FindingCounts {
  const count = (kind: Finding['kind']): number => examined.filter(({ finding }) => finding.kind === kind).length;
  return { ok: count('ok'), warning: count('warning'), failed: count('failed'), skipped: count('skipped') };
}

export function countLine({ ok, warning, failed, skipped }: FindingCounts): string {
  return `${ok} ok, ${warning} ${warning === 1 ? 'warning' : 'warnings'}, ${failed} failed, ${skipped} skipped`;
}
