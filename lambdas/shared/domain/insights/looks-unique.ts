/**
 * What kind of unique value a text looks like, undefined for one that may well be a category. Such a value in an
 * attribute becomes one of Insights' 2 billion and a line of its own in every report. A guess, for people to judge.
 */
export function looksUnique(text: string): string | undefined {
  return shapes.find(([, shape]) => shape.test(text.trim()))?.[0];
}

/** The first that fits names it: a GUID holds long digits too. */
const shapes: readonly (readonly [what: string, shape: RegExp])[] = [
  ['a SID', /\b[A-Z]{2}[0-9a-fA-F]{32}\b/],
  ['a GUID', /\b[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}\b/i],
  ['a link', /\bhttps?:\/\//i],
  ['an e-mail address', /[^\s@]@[^\s@]+\.[^\s@]/],
  ['a time', /\b\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/],
  ['a phone number', /^(?:client:|sip:|tel:)?\+\d[\d ().-]{5,}\d$|^\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}$/],
  ['an id', /\d{7,}|^\S*\d{6}$/],
];
