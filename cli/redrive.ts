import { exitCodes } from './command.ts';
import type { Command, CommandNeeds, ExitCode } from './command.ts';
import type { AsideMessage, AsidePlace } from './connection.ts';
import { queueOfBody } from './route-queue.ts';
import { workerNames } from '../lib/naming.ts';
import type { WorkerName } from '../lib/naming.ts';
import { UsageError } from '../local/terminal/options.ts';
import { printable } from '../local/terminal/printable.ts';
import { tableLines } from '../local/terminal/table.ts';
import { counted } from '../local/terminal/words.ts';

const targets = [...workerNames, 'quarantine', 'all'] as const;

/** What became of the messages of one place that were put aside for one reason. */
interface Tally {
  readonly place: string;
  readonly reason: string;
  sent: number;
  /** Left where they were, because no queue can be told from them. */
  left: number;
}

/** `redrive <queue|quarantine|all>`: sends messages that were put aside back to the queue they belong to. */
export const redrive: Command = {
  name: 'redrive',
  usage: '<queue|quarantine|all>',
  summary: 'send dead letters, quarantined and parked messages back to their queues',
  options: {
    'dry-run': { kind: 'flag', help: 'count what would be sent and change nothing' },
    json: { kind: 'flag', help: 'one JSON object instead of text' },
  },
  details: [
    `The queues are ${workerNames.join(', ')}.`,
    'A message goes back unchanged to the queue that its own route names, and is removed only after that queue took it;',
    'a second copy does no harm. A message from which no queue can be told stays where it is and is counted as left.',
    'Repair the cause first: a token, a URL, a permission. Exits 1 when messages were left.',
  ],
  async run({ typed, connect, print, progress }: CommandNeeds): Promise<ExitCode> {
    const isDryRun = typed.flags.has('dry-run');
    const wanted = wantedPlaces(typed.words);
    const connection = await connect();
    const tallies: Tally[] = [];
    const sentIds = new Set<string>();
    for (const place of wanted.flatMap((name) => connection.asidePlaces(name))) {
      await place.visitAll(async (message) => {
        // What was sent back and put aside again meanwhile would go round and round.
        if (message.originalMessageId !== undefined && sentIds.has(message.originalMessageId)) return 'leave';
        const queue = queueOfBody(message.body);
        if (queue !== undefined && !isDryRun) sentIds.add(await connection.sendBack(queue, message.body));
        count(tallies, place, message, queue === undefined ? 'left' : 'sent');
        progress.show([`${place.name}: ${counted(total(tallies, 'sent') + total(tallies, 'left'), 'message')}`]);
        return queue === undefined || isDryRun ? 'leave' : 'remove';
      });
    }
    progress.end();
    const summary = { dryRun: isDryRun, sent: total(tallies, 'sent'), left: total(tallies, 'left'), counts: tallies };
    if (typed.flags.has('json')) print(JSON.stringify(summary));
    else summaryLines(summary).forEach((line) => print(line));
    return summary.left > 0 ? exitCodes.notGood : exitCodes.done;
  },
};

function wantedPlaces(words: readonly string[]): readonly (WorkerName | 'quarantine')[] {
  const [word, ...others] = words;
  const target = targets.find((one) => one === word);
  if (target === undefined || others.length > 0) throw new UsageError(wrongTarget(words));
  return target === 'all' ? [...workerNames, 'quarantine'] : [target];
}

function wrongTarget(words: readonly string[]): string {
  return `redrive wants one of ${targets.join(', ')}${words.length === 0 ? '' : `, not "${words.join(' ')}"`}`;
}

function count(tallies: Tally[], place: AsidePlace, message: AsideMessage, as: 'sent' | 'left'): void {
  tallyOf(tallies, place.name, message.reason)[as] += 1;
}

function tallyOf(tallies: Tally[], place: string, reason: string): Tally {
  const found = tallies.find((tally) => tally.place === place && tally.reason === reason);
  if (found !== undefined) return found;
  const fresh: Tally = { place, reason, sent: 0, left: 0 };
  tallies.push(fresh);
  return fresh;
}

function total(tallies: readonly Tally[], of: 'sent' | 'left'): number {
  return tallies.reduce((sum, tally) => sum + tally[of], 0);
}

interface Summary {
  readonly dryRun: boolean;
  readonly sent: number;
  readonly left: number;
  readonly counts: readonly Tally[];
}

function summaryLines({ dryRun, sent, left, counts }: Summary): readonly string[] {
  if (counts.length === 0) return ['nothing is put aside there'];
  const verb = dryRun ? 'would be sent back' : 'sent back';
  return [
    ...tableLines(
      [
        { title: 'where' },
        { title: 'reason', cut: 'end', maxWidth: 24 },
        { title: dryRun ? 'to send' : 'sent back', align: 'right' },
        { title: 'left', align: 'right' },
      ],
      counts.map((tally) => [tally.place, printable(tally.reason), String(tally.sent), String(tally.left)]),
    ),
    '',
    `${counted(sent, 'message')} ${verb}, ${left} left`,
  ];
}
