import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readEncryptionDetails } from '../../../lambdas/shared/messages/encryption-details.ts';
import type { RecordingEncryption } from '../../../lambdas/shared/domain/recording-record.ts';

const folder = join(import.meta.dirname, '../../fixtures/encryption');

/** What the other tools say that is in the ciphertext; of a broken one there is nothing to say. */
export interface SealedSound {
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly channels: number;
  readonly durationSeconds: number;
}

interface Vector {
  readonly name: string;
  readonly file: string;
  readonly key: string;
  readonly encryptionDetails: object;
}

export interface SealedVector extends Vector {
  readonly sound: SealedSound;
}

const vectors: { readonly sealed: readonly SealedVector[]; readonly broken: readonly Vector[] } = JSON.parse(
  readFileSync(join(folder, 'vectors.json'), 'utf8'),
);

/** Encrypted by openssl and the JDK; test/fixtures/encryption/make-vectors.sh says how. */
export const sealedVectors = vectors.sealed;
/** Of the same, what must not open. */
export const brokenVectors = vectors.broken;

/** @throws when there is no such vector */
export function vectorNamed(name: string): SealedVector {
  const found = sealedVectors.find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no vector ${name}`);
  return found;
}

export const ciphertextOf = (vector: Vector): Buffer => readFileSync(join(folder, vector.file));
export const pathOf = (file: string): string => join(folder, file);
export const pemOf = (name: string): string => readFileSync(join(folder, name), 'utf8');

export function envelopeOf(vector: Vector): RecordingEncryption {
  const read = readEncryptionDetails(vector.encryptionDetails);
  if (read === undefined) throw new Error(`${vector.name} has an envelope that cannot be read`);
  return read;
}
