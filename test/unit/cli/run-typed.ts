import type { Connection } from '../../../cli/connection.ts';
import { runCli } from '../../../cli/run-cli.ts';
import type { CliProcess } from '../../../cli/run-cli.ts';
import { inMemoryLedger } from '../../support/ledger/in-memory-ledger.ts';
import { fakeConnection } from './fake-connection.ts';

/**
 * What a person who types this at 08:00 on 20 November 2026 sees, and the exit code; without a terminal unless `isTty`.
 * The connection may be one that fails.
 */
export async function run(
  typed: readonly string[],
  connection: Connection | Error = fakeConnection({ ledger: inMemoryLedger() }),
  { isTty = false, ...has }: Pick<CliProcess, 'stdin' | 'pause' | 'environment'> & { readonly isTty?: boolean } = {},
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const out: string[] = [];
  const err: string[] = [];
  const screen = (lines: string[]) => ({ isTty, columns: 80, write: (text: string) => void lines.push(text) });
  const code = await runCli({
    ...has,
    typed,
    stdout: screen(out),
    stderr: screen(err),
    noColor: '1',
    now: () => new Date('2026-11-20T08:00:00Z'),
    connect: async () => {
      if (connection instanceof Error) throw connection;
      return connection;
    },
  });
  return { code, out: out.join(''), err: err.join('') };
}
