import type { SinkTest } from '../../../lambdas/shared/domain/sink-tests.ts';

const prefix = 'doctor-';

/** The id of a test event of doctor's own; `é😀` are two and four bytes of UTF-8, of which a wrong turn makes something else. */
export const doctorsTestId = (newId: string): string => `${prefix}${newId}-é😀`;

/** Sent by doctor, and not by Twilio, or whoever else has its token. */
export const isDoctors = ({ testId }: Pick<SinkTest, 'testId'>): boolean => testId.startsWith(prefix);
