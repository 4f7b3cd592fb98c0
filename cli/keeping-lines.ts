import { factLines } from './fact-lines.ts';
import type { KeptAs, KeptFacets, RetentionLock } from '../lambdas/shared/domain/kept-facets.ts';

/** How long the copy stays, and what S3 was last told of it; nothing while nothing was decided or told. */
export function keepingLines({ retention, kept }: KeptFacets): readonly string[] {
  if (retention === undefined && kept === undefined) return [];
  return factLines(
    [
      ...(retention === undefined
        ? []
        : ([
            ['class', retention.className],
            ['kept', retention.until === undefined ? 'for ever' : `until ${retention.until.toISOString()}`],
            ...lockFacts(retention.lock),
          ] as const)),
      ['S3 knows', kept === undefined ? 'nothing of it yet' : keptText(kept)],
    ],
    14,
  );
}

function lockFacts(lock: RetentionLock | undefined): readonly (readonly [string, string])[] {
  if (lock === undefined) return [['lock', 'none']];
  const { mode, dueAt, until, lockedAt } = lock;
  return [
    ['lock', `${mode}, until ${until.toISOString()}`],
    lockedAt === undefined ? ['is put on', dueAt.toISOString()] : ['locked', lockedAt.toISOString()],
  ];
}

function keptText({ className, isHeld, at }: KeptAs): string {
  return `${className ?? 'no class'}, ${isHeld ? 'held' : 'not held'}, since ${at.toISOString()}`;
}
