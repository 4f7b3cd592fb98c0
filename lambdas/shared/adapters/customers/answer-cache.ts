import { secondsAfter } from '../../domain/seconds-after.ts';

export interface CacheSettings {
  readonly keptSeconds: number;
  readonly mostEntries: number;
  readonly now: () => Date;
}

/** Answers for `keptSeconds` from when they were given; of too many the oldest goes first. */
export interface AnswerCache<Answer> {
  get(key: string): Answer | undefined;
  put(key: string, answer: Answer): void;
}

export function answerCache<Answer>({ keptSeconds, mostEntries, now }: CacheSettings): AnswerCache<Answer> {
  const kept = new Map<string, { readonly answer: Answer; readonly until: Date }>();
  return {
    get(key) {
      const found = kept.get(key);
      if (found !== undefined && now() < found.until) return found.answer;
      kept.delete(key);
      return undefined;
    },
    put(key, answer) {
      // Deleted first, so that a renewed answer is the youngest.
      kept.delete(key);
      kept.set(key, { answer, until: secondsAfter(now(), keptSeconds) });
      const [oldest] = kept.keys();
      if (kept.size > mostEntries && oldest !== undefined) kept.delete(oldest);
    },
  };
}
