import { isE164 } from '../lambdas/shared/domain/e164.ts';
import type { IdentityKey } from '../lambdas/shared/domain/enrichment/identity.ts';
import { recordingSid, taskSid } from '../lambdas/shared/domain/sids.ts';
import type { NamedSids } from '../lambdas/shared/steps/find-subject.ts';
import { UsageError } from '../local/terminal/options.ts';
import type { OptionSpecs, TypedOptions } from '../local/terminal/options.ts';

/** Whom a command is about. */
export const subjectOptions: OptionSpecs = {
  phone: { kind: 'text', placeholder: 'number', help: 'by their number, with + and the country' },
  email: { kind: 'text', placeholder: 'address', help: 'by their e-mail address' },
  'external-id': { kind: 'text', placeholder: 'id', help: 'by the id that your own systems have of them' },
  task: { kind: 'text', placeholder: 'WT…', help: 'this task too, whoever it is about' },
  recording: { kind: 'text', placeholder: 'RE…', help: 'this recording too, whoever it is about' },
};

export interface TypedSubject {
  readonly keys: readonly IdentityKey[];
  readonly also: NamedSids;
}

/** Normalised as the subject index is. @throws {UsageError} when nobody was named, or not as wanted; the value is not repeated. */
export function typedSubject({ texts }: TypedOptions): TypedSubject {
  const typed = (name: string): string | undefined => texts.get(name)?.trim();
  const keys = [phoneKey(typed('phone')), emailKey(typed('email')), externalIdKey(typed('external-id'))].flatMap(
    (key) => key ?? [],
  );
  const [task, recording] = [typed('task'), typed('recording')];
  if (task !== undefined && !taskSid.is(task)) throw new UsageError('--task wants WT and 32 lower-case hex digits');
  if (recording !== undefined && !recordingSid.is(recording))
    throw new UsageError('--recording wants RE and 32 lower-case hex digits');
  if (keys.length === 0 && task === undefined && recording === undefined)
    throw new UsageError('about whom? --phone, --email, --external-id, --task or --recording is wanted');
  return {
    keys,
    also: {
      ...(task !== undefined && { taskSids: [task] }),
      ...(recording !== undefined && { recordingSids: [recording] }),
    },
  };
}

function phoneKey(text: string | undefined): IdentityKey | undefined {
  if (text === undefined) return undefined;
  const value = text.replace(/[\s().-]/g, '');
  if (!isE164(value))
    throw new UsageError('--phone wants a number as E.164 writes it: +, the country and at most 15 digits');
  return { kind: 'phone', value };
}

function emailKey(text: string | undefined): IdentityKey | undefined {
  if (text === undefined) return undefined;
  if (!/^[^@\s:]+@[^@\s]+$/.test(text)) throw new UsageError('--email wants one address, as in ada@example.com');
  return { kind: 'email', value: text.toLowerCase() };
}

function externalIdKey(text: string | undefined): IdentityKey | undefined {
  if (text === undefined) return undefined;
  if (!/^\P{Cc}{1,128}$/u.test(text)) throw new UsageError('--external-id wants 1 to 128 characters');
  return { kind: 'external_id', value: text };
}
