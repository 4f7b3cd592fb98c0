import type { ErasureRequest } from '../domain/erasure/erasure-request.ts';
import type { SaveResult } from './ledger.ts';

/** The erasures in the ledger, kept for ever: they are the proof that was asked for. @throws {RetryableError} */
export interface ErasureRequests {
  /** Read consistently. */
  read(erasureId: string): Promise<ErasureRequest | undefined>;
  /** Saves with `version + 1` on the version that was read; its `dueAt` is in the same index as a recording's. */
  save(request: ErasureRequest): Promise<SaveResult>;
  /** The newest first. */
  list(limit: number): Promise<readonly ErasureRequest[]>;
}
