import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toE164In } from '../../../../lambdas/shared/adapters/phone/to-e164.ts';
import type { TaskAttributes } from '../../../../lambdas/shared/domain/task-attributes.ts';
import type { ReadTask } from '../../../../lambdas/shared/domain/task-shapes/canonical-task.ts';
import { readCanonicalTask } from '../../../../lambdas/shared/domain/task-shapes/read-canonical-task.ts';
import { readTaskBody } from '../../../../lambdas/shared/domain/task-shapes/read-task-body.ts';
import type { ReadTaskBody } from '../../../../lambdas/shared/domain/task-shapes/read-task-body.ts';

export function fixtureText(name: string): string {
  return readFileSync(join(import.meta.dirname, '../../../fixtures/tasks', name), 'utf8');
}

export type ReadBody = Extract<ReadTaskBody, { kind: 'object' }>;

export function readBody(text: string): ReadBody {
  const read = readTaskBody(text);
  if (read.kind === 'unreadable') throw new Error(read.why);
  return read;
}

/** A fixture's attributes as the pipeline reads them; numbers that lack a country are of the United States. */
export function readFixture(name: string, channel?: string): ReadTask {
  return read(readBody(fixtureText(name)).attributes, channel);
}

export function read(attributes: TaskAttributes, channel?: string): ReadTask {
  return readCanonicalTask(attributes, { toE164: toE164In('US'), channel });
}
