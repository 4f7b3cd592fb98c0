import { factLines, lineWidth } from '../../fact-lines.ts';
import { plainLintLines } from '../../lint/lint-lines.ts';
import type { Item, ItemState } from './item.ts';
import type { ReadByInsights } from './read-by-insights.ts';
import type { Colours } from '../../../local/terminal/colours.ts';
import { printable } from '../../../local/terminal/printable.ts';
import { secondsText, wrapped } from '../../../local/terminal/words.ts';

const stateWidth = 8;
const indent = ' '.repeat(stateWidth + 4);
const words: Readonly<Record<ItemState, string>> = { met: 'met', failed: 'failed', open: 'missing', note: 'note' };

/** An item as people read it: how it is, when that was and how long after the beginning, and below it what to do. */
export function itemLines(item: Item, began: Date, colours: Colours): readonly string[] {
  const state = colourOf(item.state, colours)(words[item.state].padEnd(stateWidth));
  const when = item.state === 'met' ? ` at ${timeText(item.at)} (${secondsText(secondsBetween(began, item.at))})` : '';
  const what = 'seen' in item ? `: ${item.seen}` : '';
  const [first = '', ...others] = wrapped(printable(`${item.name}${when}${what}`), lineWidth - stateWidth - 2);
  const todo = 'todo' in item ? wrapped(printable(`→ ${item.todo}`), lineWidth - indent.length) : [];
  return [`  ${state}${first}`, ...[...others, ...todo].map((line) => `${indent}${line}`)];
}

/** The attributes one below the other, and what the linter says of them. */
export function insightsLines({ values, findings }: ReadByInsights): readonly string[] {
  const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
  const facts = factLines(
    Object.entries(values).map(([path, value]) => [path, asText(value)]),
    36,
  );
  return [...facts, ...plainLintLines(findings)].map((line) => `${indent}${line}`);
}

/** An item for programs; `seconds` since the beginning. */
export function itemJson(item: Item, began: Date): object {
  return item.state === 'met' ? { ...item, seconds: secondsBetween(began, item.at) } : item;
}

const secondsBetween = (began: Date, at: Date): number => (at.getTime() - began.getTime()) / 1000;

const timeText = (at: Date): string => `${at.toISOString().slice(11, 19)} UTC`;

function colourOf(state: ItemState, colours: Colours): (text: string) => string {
  switch (state) {
    case 'met':
      return colours.green;
    case 'failed':
      return colours.red;
    case 'open':
      return colours.yellow;
    case 'note':
      return colours.dim;
  }
}
