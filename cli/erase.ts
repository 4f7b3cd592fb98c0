import { exitCodes } from './command.ts';
import type { Command, CommandNeeds, ExitCode } from './command.ts';
import type { Connection } from './connection.ts';
import { erasureLines, listLines } from './erase/erasure-lines.ts';
import { followErasure } from './erase/follow-erasure.ts';
import { previewErasure } from './erase/preview-erasure.ts';
import type { ErasurePreview } from './erase/preview-erasure.ts';
import { previewLines } from './erase/preview-lines.ts';
import { requestErasure, sendErasure } from './erase/request-erasure.ts';
import { subjectOptions, typedSubject } from './typed-subject.ts';
import { typedWho, typedWhy, whoOption } from './typed-words.ts';
import type { ErasureRequest } from '../lambdas/shared/domain/erasure/erasure-request.ts';
import { findSubject } from '../lambdas/shared/steps/find-subject.ts';
import { UsageError } from '../local/terminal/options.ts';
import { printable } from '../local/terminal/printable.ts';

/** So many erasures `erase status` names. */
const mostListed = 20;

/** `erase`: forgets a person, a task or a recording, and shows how far it has come. */
export const erase: Command = {
  name: 'erase',
  usage: '[--phone <number> … --who <name> --why <text> | status [<id>] | certificate <id> | retry <id>]',
  summary: 'forget a person everywhere, or one task or recording; with a certificate at the end',
  options: {
    ...subjectOptions,
    ...whoOption,
    why: { kind: 'text', placeholder: 'text', help: 'your word for the request, such as a ticket; it stays: no names' },
    'dry-run': { kind: 'flag', help: 'show what would go and what stands against it, and change nothing' },
    yes: { kind: 'flag', help: 'do not ask' },
    detach: { kind: 'flag', help: 'do not wait for the end: erase status <id> tells of it' },
    json: { kind: 'flag', help: 'one JSON object instead of text' },
  },
  details: [
    'Sound, sidecars and transcripts in every version, what the ledger knows of the person, messages that were put aside,',
    'and the recordings and conversations at Twilio. It cannot be taken back. What is held stays whole until the hold is',
    'released; what is locked, until the lock ends: the erasure is then `blocked` and goes on by itself.',
    'A person may be named by several of --phone, --email and --external-id: a task that knows them by one of these alone is',
    'not found by the others. What is typed is hashed here and neither printed nor stored.',
    'It waits 16 minutes for whatever was under way, looks again, and then certifies. Exits 1 when it is blocked, when',
    'nothing is known of whom it is about, or when it was not agreed to.',
  ],
  run,
};

function run(needs: CommandNeeds): Promise<ExitCode> {
  const [verb, id, ...more] = needs.typed.words;
  if (more.length > 0) throw new UsageError(`erase ${verb ?? ''} wants one id, not ${1 + more.length}`);
  switch (verb) {
    case undefined:
      return order(needs);
    case 'status':
      return id === undefined ? list(needs) : show(needs, id);
    case 'certificate':
      return certificate(needs, wanted(verb, id));
    case 'retry':
      return retry(needs, wanted(verb, id));
    default:
      throw new UsageError('erase wants options alone, or one of: status, certificate, retry');
  }
}

function wanted(verb: string, id: string | undefined): string {
  if (id === undefined) throw new UsageError(`erase ${verb} wants the id of an erasure; erase status names them`);
  return id;
}

async function order(needs: CommandNeeds): Promise<ExitCode> {
  const { typed, connect, print, ask } = needs;
  const { keys, also } = typedSubject(typed);
  const isDryRun = typed.flags.has('dry-run');
  const by = isDryRun ? undefined : { who: typedWho(typed), why: typedWhy(typed) };
  const connection = await connect();
  const found = await findSubject({ ...connection, index: connection.subjectIndex }, keys, also);
  const preview = await previewErasure(connection, found);
  const isJson = typed.flags.has('json');
  if (!isJson || by === undefined) printPreview(preview, isJson, print);
  if (keys.length === 0 && preview.tasks.length === 0 && preview.items.length === 0) return exitCodes.notGood;
  if (by === undefined) return exitCodes.done;
  if (!typed.flags.has('yes') && !(await ask('Erase all of this, for good?'))) return exitCodes.notGood;
  const request = await requestErasure(connection, found, by);
  if (typed.flags.has('detach')) {
    print(isJson ? JSON.stringify({ erasureId: request.erasureId, state: request.state }) : startedLine(request));
    return exitCodes.done;
  }
  if (!isJson) print(startedLine(request));
  return follow(needs, connection, request.erasureId);
}

function startedLine({ erasureId }: ErasureRequest): string {
  return `erasure ${erasureId} has begun; erase status ${erasureId} tells how far it is, whether or not this goes on`;
}

function printPreview(preview: ErasurePreview, isJson: boolean, print: (line: string) => void): void {
  if (isJson) print(JSON.stringify({ dryRun: true, ...preview }));
  else previewLines(preview).map(printable).forEach(print);
}

/** Until it rests, however that ends. */
async function follow(needs: CommandNeeds, connection: Connection, erasureId: string): Promise<ExitCode> {
  const request = await followErasure(connection, erasureId, needs);
  const text = await connection.certificates.read(erasureId);
  if (needs.typed.flags.has('json')) needs.print(text === undefined ? JSON.stringify(request) : oneLine(text));
  else erasureLines(request).map(printable).forEach(needs.print);
  return request.state === 'finished' ? exitCodes.done : exitCodes.notGood;
}

async function list({ typed, connect, print }: CommandNeeds): Promise<ExitCode> {
  const requests = await (await connect()).erasures.list(mostListed);
  if (typed.flags.has('json')) print(JSON.stringify({ erasures: requests }));
  else listLines(requests).map(printable).forEach(print);
  return exitCodes.done;
}

async function show({ typed, connect, print }: CommandNeeds, erasureId: string): Promise<ExitCode> {
  const request = await known(await connect(), erasureId);
  if (typed.flags.has('json')) print(JSON.stringify(request));
  else erasureLines(request).map(printable).forEach(print);
  return request.state === 'blocked' ? exitCodes.notGood : exitCodes.done;
}

async function certificate({ typed, connect, print }: CommandNeeds, erasureId: string): Promise<ExitCode> {
  const connection = await connect();
  const text = await connection.certificates.read((await known(connection, erasureId)).erasureId);
  if (text !== undefined) print(typed.flags.has('json') ? oneLine(text) : text);
  else if (typed.flags.has('json')) print('{}');
  else print(`erasure ${printable(erasureId)} has no certificate yet: it is written when the erasure rests`);
  return text === undefined ? exitCodes.notGood : exitCodes.done;
}

/** The certificate's JSON as one line, for programs. */
function oneLine(json: string): string {
  return JSON.stringify(JSON.parse(json));
}

async function retry(needs: CommandNeeds, erasureId: string): Promise<ExitCode> {
  const connection = await needs.connect();
  const request = await known(connection, erasureId);
  if (request.state !== 'finished') await sendErasure(connection, erasureId);
  if (needs.typed.flags.has('detach')) return exitCodes.done;
  return follow(needs, connection, erasureId);
}

async function known(connection: Connection, erasureId: string): Promise<ErasureRequest> {
  const request = await connection.erasures.read(erasureId);
  if (request !== undefined) return request;
  throw new UsageError(`${connection.name} knows no erasure ${erasureId}; erase status names them`);
}
