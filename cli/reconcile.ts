import { exitCodes } from './command.ts';
import type { Command, CommandNeeds, ExitCode } from './command.ts';
import { printable } from '../local/terminal/printable.ts';

/** `reconcile`: invokes the reconcile function once, instead of waiting for its schedule. */
export const reconcile: Command = {
  name: 'reconcile',
  usage: '',
  summary: 'look now at what is due, instead of waiting for the schedule',
  options: { json: { kind: 'flag', help: 'one JSON object instead of text' } },
  details: ['Waits for the function to end. Running it while the schedule runs it does no harm.'],
  async run({ typed, connect, print, progress, now }: CommandNeeds): Promise<ExitCode> {
    const connection = await connect();
    const startedAtMs = now().getTime();
    progress.show([`reconcile is running on ${printable(connection.name)}`]);
    const answer = await connection.reconcile();
    progress.end();
    const seconds = (now().getTime() - startedAtMs) / 1000;
    print(
      typed.flags.has('json') ? JSON.stringify({ seconds, answer }) : `reconcile ended after ${seconds.toFixed(1)} s`,
    );
    return exitCodes.done;
  },
};
