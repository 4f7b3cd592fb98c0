import type { Connection } from '../../../cli/connection.ts';
import { runCli } from '../../../cli/run-cli.ts';
import type { CliProcess } from '../../../cli/run-cli.ts';
import { inMemoryLedger } from '../../support/ledger/in-memory-ledger.ts';
import { fakeConnection } from './fake-connection.ts';

/** What a person who types this without a terminal sees, and the exit code; the connection may be one that fails. */
export async function run(
  typed: readonly string[],
  connection: Connection | Error = fakeConnection({ ledger: inMemoryLedger() }),
  has: Pick<CliProcess, 'stdin' | 'pause'> = {},
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const out: string[] = [];
  const err: string[] = [];
  const screen = (lines: string[]) => ({ isTty: false, columns: 80, write: (text: string) => void lines.push(text) });
  const code = await runCli({
    ...has,
    typed,
    stdout: screen(out),
    stderr: screen(err),
    noColor: undefined,
    now: () => new Date('2026-11-20T08:00:00Z'),
    connect: async () => {
      if (connection instanceof Error) throw connection;
      return connection;
    },
  });
  return { code, out: out.join(''), err: err.join('') };
}
