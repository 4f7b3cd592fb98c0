/** How a text is made bold, dim or coloured; each returns the text itself when colours are off. */
export interface Colours {
  bold(text: string): string;
  dim(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  red(text: string): string;
}

interface ColourChoice {
  readonly isTty: boolean;
  /** The value of `NO_COLOR`; any value but the empty one turns colours off (https://no-color.org, read 2026-11). */
  readonly noColor: string | undefined;
}

/** Colours on a terminal whose user has not asked for none; plain text everywhere else, so that a log stays readable. */
export function coloursFor({ isTty, noColor }: ColourChoice): Colours {
  const isOn = isTty && (noColor === undefined || noColor === '');
  const wrap = (open: number, close: number) => (text: string) =>
    isOn ? `\u001b[${open}m${text}\u001b[${close}m` : text;
  return { bold: wrap(1, 22), dim: wrap(2, 22), green: wrap(32, 39), yellow: wrap(33, 39), red: wrap(31, 39) };
}

/** How many columns the text takes: escape sequences take none. */
export function visibleWidth(text: string): number {
  return [...text.replace(/\u001b\[[0-9;]*m/g, '')].length;
}
