import type { CalabrioContact, CalabrioContacts } from '../../../lambdas/shared/ports/calabrio-contacts.ts';
import { frozen } from './frozen.ts';
import { scriptedFaults } from './scripted-faults.ts';
import type { ScriptedFaults } from './scripted-faults.ts';

/** Calabrio's contacts in memory, and the hands that Calabrio has on them. */
export interface InMemoryCalabrioContacts extends CalabrioContacts, Pick<ScriptedFaults<'fetch'>, 'failNext'> {
  /** Puts the contact there, or in place of the one that is. Without more it is uploaded and says nothing of ours. */
  put(contact: Partial<CalabrioContact> & Pick<CalabrioContact, 'ccrId'>): void;
  /** Which contacts were asked for, in order. */
  readonly asked: readonly number[];
}

export function inMemoryCalabrioContacts(): InMemoryCalabrioContacts {
  const held = new Map<number, CalabrioContact>();
  const asked: number[] = [];
  const faults = scriptedFaults<'fetch'>();
  return {
    async fetch(ccrId) {
      asked.push(ccrId);
      faults.strike('fetch');
      return held.get(ccrId);
    },
    put: (contact) =>
      void held.set(contact.ccrId, frozen({ isAudioUploaded: true, metadata: {}, otherIds: [], ...contact })),
    asked,
    failNext: faults.failNext,
  };
}
