import { visibleWidth } from './colours.ts';

/** Where lines go: a terminal, or a file or pipe. */
export interface Screen {
  readonly isTty: boolean;
  /** Columns of the terminal; 80 when it does not say. */
  readonly columns: number;
  write(text: string): void;
}

/**
 * What a person sees while something long runs.
 *
 * On a terminal, `line` prints above one block that `show` rewrites in place. Elsewhere `line` prints a plain line
 * and `show` prints its block's first line, and only when it has changed and `everyMs` have gone by, so that a log
 * of a run is short and holds no escape sequence.
 */
export interface Progress {
  line(text: string): void;
  show(block: readonly string[]): void;
  /** Takes the block away, or prints it a last time where nothing can be taken away. A second call does nothing. */
  end(): void;
}

export function progressOn(
  screen: Screen,
  options: { readonly nowMs: () => number; readonly everyMs?: number },
): Progress {
  return screen.isTty
    ? blockProgress(screen, options.nowMs)
    : lineProgress(screen, options.nowMs, options.everyMs ?? 2_000);
}

/** No terminal repaints faster than this, however often the block changes. */
const REPAINT_MS = 80;

function blockProgress(screen: Screen, nowMs: () => number): Progress {
  let shown = 0;
  let block: readonly string[] = [];
  let paintedAtMs = -Infinity;

  const erase = (): string => (shown === 0 ? '' : `\r\u001b[${shown}A\u001b[0J`);
  const paint = (before: string): void => {
    const fitting = block.map((text) => fitted(text, screen.columns));
    screen.write(erase() + before + fitting.map((text) => `${text}\n`).join(''));
    shown = fitting.length;
    paintedAtMs = nowMs();
  };

  return {
    line: (text) => paint(`${text}\n`),
    show(next) {
      block = next;
      if (nowMs() - paintedAtMs >= REPAINT_MS) paint('');
    },
    end() {
      if (shown > 0) screen.write(erase());
      shown = 0;
      block = [];
    },
  };
}

function lineProgress(screen: Screen, nowMs: () => number, everyMs: number): Progress {
  let pending: string | undefined;
  let printed: string | undefined;
  let printedAtMs = nowMs();

  const print = (text: string): void => {
    screen.write(`${text}\n`);
    printed = text;
    printedAtMs = nowMs();
    pending = undefined;
  };

  return {
    line: (text) => screen.write(`${text}\n`),
    show([first]) {
      if (first === undefined || first === printed) return;
      pending = first;
      if (nowMs() - printedAtMs >= everyMs) print(first);
    },
    end() {
      if (pending !== undefined) print(pending);
    },
  };
}

/** A line that wraps would make the block taller than the lines counted, so it is cut at the terminal's edge. */
function fitted(text: string, columns: number): string {
  return visibleWidth(text) < columns ? text : `${[...text].slice(0, Math.max(1, columns - 2)).join('')}…\u001b[0m`;
}
