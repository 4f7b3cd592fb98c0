import { exitCodes } from '../../command.ts';
import type { CommandNeeds, ExitCode } from '../../command.ts';
import type { Connection } from '../../connection.ts';
import { checklist, isAllMet, isSettled } from './checklist.ts';
import { attributesForInsights } from './read-by-insights.ts';
import type { ReadByInsights } from './read-by-insights.ts';
import type { Item } from './item.ts';
import { insightsLines, itemJson, itemLines } from './item-lines.ts';
import { lookAtCall } from './look-at-call.ts';
import type { CallSoFar, LookNeeds } from './look-at-call.ts';
import { playByHttp } from './play.ts';
import type { Play } from './play.ts';
import { tasksSoFar } from './first-task.ts';
import { stageOf } from '../../stage-of.ts';
import type { Stage } from '../../../lib/stage-settings.ts';
import { wholeNumber } from '../../../local/terminal/options.ts';

/** How long `--wait` waits unless it is given, and at most. */
const [usualMinutes, mostMinutes] = [15, 240];
const secondsBetweenLooks = 2;

/**
 * `doctor --first-call`: waits for the first task that the ledger sees from now on and says of each thing that a call is
 * to bring about when it was met, or what to look at when it was not.
 *
 * Reads `--wait <minutes>` and `--json` of `needs.typed`. Exits 0 when all is met and 1 otherwise. It sends nothing but
 * one play of the link, which the recording's timeline then names.
 */
export async function firstCall(
  needs: CommandNeeds,
  { play = playByHttp }: { readonly play?: Play } = {},
): Promise<ExitCode> {
  const { typed, print } = needs;
  const isJson = typed.flags.has('json');
  const minutes = wholeNumber('wait', typed.texts.get('wait') ?? String(usualMinutes), 1, mostMinutes);
  const connection = await needs.connect();
  const stage = await stageOf(connection.stageName);
  const has = { connection, play, began: connection.now(), before: await tasksSoFar(connection) };
  const seen = await watch(needs, { has, stage, minutes, isJson });
  needs.progress.end();
  if (isJson) print(JSON.stringify(asJson(connection, has.began, seen, stage)));
  else endLines(seen, has.began, needs, stage).forEach((line) => print(line));
  return isAllMet(seen.items) ? exitCodes.done : exitCodes.notGood;
}

interface Watched {
  readonly call: CallSoFar;
  readonly items: readonly Item[];
}

/** Looks until nothing is open any more, or the time is over; prints each item as it is settled. */
async function watch(
  needs: CommandNeeds,
  {
    has,
    stage,
    minutes,
    isJson,
  }: { readonly has: LookNeeds; readonly stage: Stage; readonly minutes: number; readonly isJson: boolean },
): Promise<Watched> {
  const until = has.began.getTime() + minutes * 60_000;
  const said = new Set<string>();
  let call: CallSoFar = { timeline: [] };
  for (;;) {
    call = await lookAtCall(has, call);
    const items = checklist(call, stage);
    if (!isJson) sayNews(items, said, has.began, needs);
    if (isSettled(items) || has.connection.now().getTime() >= until) return { call, items };
    needs.progress.show([waitingText(call, items, minutes)]);
    await needs.pause(secondsBetweenLooks);
  }
}

/** Notes come last: they change until the end. */
function sayNews(items: readonly Item[], said: Set<string>, began: Date, needs: CommandNeeds): void {
  for (const item of items) {
    if ((item.state !== 'met' && item.state !== 'failed') || said.has(`${item.name} ${item.state}`)) continue;
    said.add(`${item.name} ${item.state}`);
    // What is under way stands on the same terminal, where the item belongs.
    if (needs.isTerminal) needs.progress.end();
    itemLines(item, began, needs.colours).forEach((line) => needs.print(line));
  }
}

function waitingText({ task }: CallSoFar, items: readonly Item[], minutes: number): string {
  if (task === undefined) return `make one call now; waiting for its task, at most ${minutes} minutes`;
  const missing = items.filter(({ state }) => state === 'open').map(({ name }) => name);
  return `waiting for ${missing.join(', ')}`;
}

function endLines({ call, items }: Watched, began: Date, { colours }: CommandNeeds, stage: Stage): readonly string[] {
  const left = items.filter(({ state }) => state === 'open' || state === 'note');
  const wanted = items.filter(({ state }) => state !== 'note');
  const count = wanted.filter(({ state }) => state === 'met').length;
  const read = readByInsights(call, stage);
  return [
    ...left.flatMap((item) => itemLines(item, began, colours)),
    ...(read === undefined ? [] : ['', ...insightsLines(read)]),
    ...['', `${count} of ${wanted.length} met`],
  ];
}

function readByInsights({ attributes }: CallSoFar, { enrichment }: Stage): ReadByInsights | undefined {
  return attributes && attributesForInsights(attributes.text, enrichment.hipaaMode);
}

function asJson({ name }: Connection, began: Date, { call, items }: Watched, stage: Stage): object {
  const { task, recording } = call;
  const read = readByInsights(call, stage);
  return {
    pipeline: name,
    began,
    ...(task !== undefined && { taskSid: task.taskSid }),
    ...(recording !== undefined && { recordingSid: recording.recordingSid }),
    met: isAllMet(items),
    checklist: items.map((item) => itemJson(item, began)),
    ...(read !== undefined && { attributes: read.values, findings: read.findings }),
  };
}
