import { toE164In } from '../../../lambdas/shared/adapters/phone/to-e164.ts';
import { asRostered } from '../../../lambdas/shared/domain/worker/roster.ts';
import { UsageError } from '../../../local/terminal/options.ts';
import { readRosterFile } from '../../workers/roster-file.ts';
import type { WantedWorker } from './config-schema.ts';

/**
 * The workers of a CSV roster as `workers sync` reads it; its column `worker` has their names.
 *
 * @throws {UsageError} for what is no such table, or has rows that cannot be read.
 */
export function rosterWorkers(file: string, text: string): readonly WantedWorker[] {
  // The numbers of a roster have their country, so no country is the default's.
  const { key, rows } = readRosterFile(file, text, { toE164: toE164In('US') });
  if (key !== 'worker')
    throw new UsageError(`${file}: a column worker is wanted, because workers are known by their names`);
  const faults = rows.flatMap((row) => row.faults.map((fault) => `line ${row.line}, "${row.key}": ${fault}`));
  if (faults.length > 0) throw new UsageError(`${file}: ${faults.join('; ')}`);
  return rows.map((row) => ({ name: row.key, attributes: asRostered({}, row).attributes }));
}
