import type { ArchiveEraser } from '../../../lambdas/shared/ports/archive-eraser.ts';
import type { ArchiveKeeping } from '../../../lambdas/shared/ports/archive-keeping.ts';
import type { ArchiveReports } from '../../../lambdas/shared/ports/archive-reports.ts';
import type { Archive } from '../../../lambdas/shared/ports/archive.ts';

/** An empty, versioned bucket that can lock, through every port of it, and what a test sees past the ports. */
export interface ArchiveWorld {
  readonly archive: Archive;
  readonly keeping: ArchiveKeeping;
  readonly eraser: ArchiveEraser;
  readonly reports: ArchiveReports;
  /** By the bucket's own clock, in whole seconds. */
  inDays(days: number): Date;
  letPass(days: number): void;
  tagsOf(key: string, versionId: string): Promise<Readonly<Record<string, string>>>;
  contentTypeOf(key: string): Promise<string | undefined>;
  /** Deletes as a simple delete does: a marker on top. */
  hide(key: string): Promise<void>;
}
