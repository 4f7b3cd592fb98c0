import type { Patient } from '../patient/patient.ts';
import type { RecordingSid } from '../../../lambdas/shared/domain/sids.ts';

/** A recording of the last days whose copy was proved, and where that lies. */
export interface ArchivedRecording {
  readonly recordingSid: RecordingSid;
  readonly key: string;
}

/** So many are looked through; somebody who has archived anything has it among them. */
const mostLooks = 20;

/** Undefined where none was archived in the last three days. */
export async function archivedRecording({ connection, tasks }: Patient): Promise<ArchivedRecording | undefined> {
  const sids = (await tasks()).flatMap(({ recordings }) => recordings.map(({ recordingSid }) => recordingSid));
  for (const sid of sids.slice(0, mostLooks)) {
    const archive = (await connection.ledger.readRecording(sid))?.archive;
    if (archive?.state === 'verified' && archive.audio.encryption === undefined)
      return { recordingSid: sid, key: archive.audio.key };
  }
  return undefined;
}
