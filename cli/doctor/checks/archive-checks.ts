import { once } from 'node:events';
import { archivedRecording } from './archived.ts';
import type { Check } from '../check.ts';
import { failed, ok, skipped } from '../finding.ts';
import { classesWithLocks } from './lock-classes.ts';

const versions: Check = {
  name: 'bucket versions',
  area: 'archive',
  run: async ({ connection }) =>
    (await connection.installation.isVersioned())
      ? ok('the archive bucket keeps versions')
      : failed(
          'the archive bucket keeps no versions: what is overwritten or deleted by mistake is gone',
          'deploy the stateful stack again: somebody has switched them off',
        ),
};

const objectLock: Check = {
  name: 'Object Lock',
  area: 'archive',
  async run({ connection, stage }) {
    const locking = await classesWithLocks(stage);
    const canLock = await connection.installation.canLock();
    if (canLock)
      return ok(
        locking.length === 0
          ? 'the archive bucket can lock; no class of the stage asks for it'
          : `the archive bucket can lock, as ${locking.join(', ')} asks for it`,
      );
    return locking.length === 0
      ? ok('the archive bucket cannot lock, and no class of the stage asks for it')
      : failed(
          `the class ${locking.join(', ')} asks for locks, and the archive bucket cannot lock`,
          'switch Object Lock on (aws s3api put-object-lock-configuration), or take the locks out of config/retention',
        );
  },
};

/** What is encrypted under a key of KMS opens to who may use the key, and to nobody else. */
const dataKey: Check = {
  name: 'data key',
  area: 'archive',
  async run(patient) {
    const archived = await archivedRecording(patient);
    if (archived === undefined) return skipped('no recording was archived in the last three days');
    const { recordingSid, key } = archived;
    const found = await patient.connection.archive.open(key);
    if (found === undefined)
      return failed(
        `the copy of ${recordingSid} is not at ${key}`,
        'see archive-copy-doubted in docs/runbook.md: restore its version',
      );
    await once(found.stream, 'readable');
    found.stream.destroy();
    return ok(`the copy of ${recordingSid} opens, and with it the key that it is encrypted under`);
  },
};

export const archiveChecks: readonly Check[] = [versions, objectLock, dataKey];
