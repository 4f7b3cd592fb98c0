/**
 * What `DateCreated`, `DateCreated<` and `DateCreated>` ask for; undefined when one of them is not a date.
 *
 * The name's `<` and `>` include the moment itself: the API's spelling is `DateCreated<=2026-11-20` (docs/voice/api/recording,
 * read 2026-11). A day without a time is its midnight in UTC; alone it means the whole day.
 */
export function createdFilter(query: URLSearchParams): ((epochMs: number) => boolean) | undefined {
  const tests: ((epochMs: number) => boolean)[] = [];
  for (const [name, test] of Object.entries(comparisons)) {
    const text = query.get(name);
    if (text === null) continue;
    const epochMs = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
    if (Number.isNaN(epochMs)) return undefined;
    const spanMs = text.length === 10 ? 86_400_000 : 1_000;
    tests.push((created) => test(Math.floor(created / 1000) * 1000, epochMs, spanMs));
  }
  return (epochMs) => tests.every((test) => test(epochMs));
}

const comparisons: Readonly<Record<string, (created: number, asked: number, spanMs: number) => boolean>> = {
  DateCreated: (created, asked, spanMs) => created >= asked && created < asked + spanMs,
  'DateCreated<': (created, asked) => created <= asked,
  'DateCreated>': (created, asked) => created >= asked,
};
