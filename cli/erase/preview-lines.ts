import type { ErasurePreview, PreviewedItem } from './preview-erasure.ts';
import { counted } from '../../local/terminal/words.ts';

/** What would go and what stands against it, as a person reads it before saying yes. */
export function previewLines({ tasks, items, quoted }: ErasurePreview): readonly string[] {
  const open = tasks.filter(({ isOpen }) => isOpen);
  const contacts = items.flatMap((item) => item.contacts);
  return [
    `${counted(tasks.length, 'task')}, ${counted(items.length, 'recording or transcript', 'recordings and transcripts')}`,
    ...items.flatMap((item) => [lineOf(item), ...alsoLines(item)]),
    ...quoted.map(
      (sid) => `${sid}  stays: a task quotes it, and it is another task's call; --recording ${sid} erases it`,
    ),
    ...open.map(({ taskSid }) => `${taskSid}  is not over: it and what belongs to it wait for its end`),
    ...(contacts.length === 0
      ? []
      : [`Calabrio must delete ${counted(contacts.length, 'contact')} itself: ${contacts.join(', ')}`]),
    'and messages that were put aside and speak of any of this',
  ];
}

function alsoLines({ sid, alsoOf = [] }: PreviewedItem): readonly string[] {
  return alsoOf.map((taskSid) => `${sid}  is the call of ${taskSid} too, which is not found by what you typed`);
}

function lineOf({ sid, outcome, objects, matters = [], lock }: PreviewedItem): string {
  const versions = counted(objects, 'object in S3', 'objects in S3');
  switch (outcome) {
    case 'would-go':
      return `${sid}  goes: ${versions}, and what Twilio has of it`;
    case 'held':
      return `${sid}  stays: held for ${matters.join(', ')}`;
    case 'locked':
      return lock?.mode === 'compliance'
        ? `${sid}  stays: locked until ${lock.until.toISOString()}, and nobody can open that lock`
        : `${sid}  is under a governance lock until ${lock?.until.toISOString() ?? 'an unknown time'}: it goes where the stage lets erasures open those`;
    case 'erased-already':
      return `${sid}  was erased before`;
    case 'unknown':
      return `${sid}  the ledger has no record of it: it is made a tombstone, so that it never comes`;
  }
}
