/** JSON text that was put right, and where: paths of keys, `customers.custom_attr_1`; an empty path is the whole. */
export interface RepairedJson {
  readonly text: string;
  readonly repairedAt: readonly string[];
}

interface Container {
  readonly isObject: boolean;
  /** The key whose value is being read. */
  key: string;
}

interface Repair {
  readonly pieces: string[];
  readonly repairedAt: string[];
  readonly open: Container[];
  previous: 'opening' | 'comma' | 'colon' | 'value';
}

/**
 * Puts right what hands and word processors do to JSON: a comma that is missing, doubled or too many, curly quotes, a
 * line break inside a text (at its ends it is dropped: a quote had slipped to the line above), spaces that are no JSON,
 * and a template that was never rendered and has no quotes. Whether the result is JSON is for the reader to find out:
 * what is cut off or broken otherwise stays so.
 *
 * Time is linear in the text's length. A text that needs more than `maxRepairs` is left as it is: it is not JSON that
 * somebody has hurt.
 */
export function repairJson(text: string): RepairedJson {
  const repair: Repair = { pieces: [], repairedAt: [], open: [], previous: 'opening' };
  let place = 0;
  while (place < text.length && repair.repairedAt.length <= maxRepairs) place = repairToken(text, place, repair);
  if (repair.repairedAt.length > maxRepairs) return { text, repairedAt: [] };
  return { text: repair.pieces.join(''), repairedAt: [...new Set(repair.repairedAt)] };
}

const maxRepairs = 100;

function repairToken(text: string, place: number, repair: Repair): number {
  const space = matchAt(spaces, text, place);
  if (space !== undefined) {
    if (!jsonSpaces.test(space)) repaired(repair);
    return place + space.length;
  }
  const template = matchAt(unquotedTemplate, text, place);
  if (template !== undefined) {
    value(repair, JSON.stringify(template));
    repaired(repair);
    return place + template.length;
  }
  const character = text[place] ?? '';
  if (quotes.includes(character)) return repairText(text, place, repair);
  if ('{}[],:'.includes(character)) {
    punctuation(repair, character);
    return place + 1;
  }
  const literal = matchAt(literals, text, place) ?? character;
  value(repair, literal);
  return place + literal.length;
}

const quotes = '"“”';
const spaces = /[\s\ufeff]+/y;
const jsonSpaces = /^[ \t\r\n]+$/;
const unquotedTemplate = /\{\{[^{}]*\}\}/y;
const literals = /[^\s{}[\],:"“”]+/y;

function punctuation(repair: Repair, character: string): void {
  if (character === '{' || character === '[') {
    value(repair, character);
    repair.open.push({ isObject: character === '{', key: '' });
    repair.previous = 'opening';
  } else if (character === ',') {
    if (repair.previous !== 'value') return repaired(repair);
    repair.pieces.push(character);
    repair.previous = 'comma';
  } else if (character === ':') {
    repair.pieces.push(character);
    repair.previous = 'colon';
  } else {
    if (repair.previous === 'comma') {
      repair.pieces.pop();
      repaired(repair);
    }
    repair.open.pop();
    repair.pieces.push(character);
    repair.previous = 'value';
  }
}

/** Anything that must not follow a value without a comma. */
function value(repair: Repair, piece: string, key?: string): void {
  const isCommaMissing = repair.previous === 'value';
  if (isCommaMissing) repair.pieces.push(',');
  const container = repair.open.at(-1);
  if (key !== undefined && container?.isObject === true && repair.previous !== 'colon') container.key = key;
  if (isCommaMissing) repaired(repair);
  repair.pieces.push(piece);
  repair.previous = 'value';
}

function repaired(repair: Repair): void {
  const keys = repair.open.filter((container) => container.key !== '').map((container) => container.key);
  repair.repairedAt.push(keys.join('.'));
}

/** A text from its opening quote on; straight and curly quotes close each other's, where what follows can follow a text. */
function repairText(text: string, place: number, repair: Repair): number {
  const isStraight = text[place] === '"';
  const end = closingQuote(text, place + 1, isStraight);
  const raw = text.slice(place + 1, end);
  const content = withoutBrokenEnds(raw).replaceAll(controls, (control) => JSON.stringify(control).slice(1, -1));
  // A cut-off text stays without its end, so that the reader refuses it.
  const close = end < text.length ? '"' : '';
  value(repair, `"${isStraight ? content : content.replaceAll(bareQuotes, '\\"')}${close}`, content);
  if (!isStraight || text[end] !== '"' || content !== raw) repaired(repair);
  return end + 1;
}

function closingQuote(text: string, from: number, isStraight: boolean): number {
  let openInside = 0;
  for (let place = from; place < text.length; place += 1) {
    const character = text[place];
    if (character === '\\') place += 1;
    else if (character === '“') openInside += 1;
    else if (character === '”' && openInside > 0) openInside -= 1;
    else if (character === '"' && isStraight) return place;
    else if ((character === '"' || character === '”') && matchAt(endOfText, text, place + 1) !== undefined)
      return place;
  }
  return text.length;
}

/** What follows the end of a text: punctuation, and after a comma the next text or nothing. */
const endOfText = /\s*(?:[}\]:]|$|,\s*(?:["“”}\]]|$))/y;
const bareQuotes = /(?<!\\)"/g;
const controls = /[\u0000-\u001f]/g;

function withoutBrokenEnds(text: string): string {
  const start = text.trimStart();
  const before = /[\r\n]/.test(text.slice(0, text.length - start.length)) ? start : text;
  const end = before.trimEnd();
  return /[\r\n]/.test(before.slice(end.length)) ? end : before;
}

function matchAt(pattern: RegExp, text: string, place: number): string | undefined {
  pattern.lastIndex = place;
  return pattern.exec(text)?.[0];
}
