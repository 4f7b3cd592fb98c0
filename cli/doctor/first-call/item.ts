/** The things that a call is to bring about, in the order in which they are shown. */
export const itemNames = [
  'event in',
  'task known',
  'recording known',
  'link on task',
  'link plays',
  'archive verified',
  'attributes for Insights',
  'visible in Insights',
] as const;

/** One line of the checklist; `note` is said and decides nothing. */
export type Item = { readonly name: (typeof itemNames)[number] } & (
  | { readonly state: 'met'; readonly at: Date; readonly seen: string }
  | { readonly state: 'failed'; readonly seen: string; readonly todo: string }
  | { readonly state: 'open'; readonly todo: string }
  | { readonly state: 'note'; readonly seen: string }
);

export type ItemState = Item['state'];

/** What a function below says of its item, which knows its own name. */
export type Judged = Item extends infer One ? (One extends Item ? Omit<One, 'name'> : never) : never;

export const met = (at: Date, seen: string): Judged => ({ state: 'met', at, seen });
/** It will not come any more, or is not what it should be. */
export const failed = (seen: string, todo: string): Judged => ({ state: 'failed', seen, todo });
/** Not yet; `todo` is what to look at when it does not come. */
export const open = (todo: string): Judged => ({ state: 'open', todo });
export const note = (seen: string): Judged => ({ state: 'note', seen });
