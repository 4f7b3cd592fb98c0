import { withProvedIngest } from '../shared/domain/deletion-control.ts';
import { done } from '../shared/domain/outcome.ts';
import type { Outcome } from '../shared/domain/outcome.ts';
import type { CountIngest } from '../shared/messages/work-message.ts';
import { changeControl } from './gate.ts';
import type { DeleteSourceNeeds } from './needs.ts';

/** Counts a recording that Calabrio completed though we had replaced its link; the same recording again changes nothing. */
export async function countIngest(
  has: Pick<DeleteSourceNeeds, 'control' | 'policy' | 'now' | 'meter'>,
  { recordingSid }: CountIngest,
): Promise<Outcome> {
  await changeControl(has, (control) => withProvedIngest(control, recordingSid, has.policy.deletion));
  return done;
}
