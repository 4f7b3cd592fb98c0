import * as z from 'zod/mini';
import { checksumAlgorithms } from './checksums.ts';

const corsRule = z.object({
  allowedOrigins: z.readonly(z.array(z.string())),
  allowedMethods: z.readonly(z.array(z.string())),
  allowedHeaders: z.readonly(z.array(z.string())),
  exposeHeaders: z.readonly(z.array(z.string())),
  maxAgeSeconds: z.optional(z.number()),
});
export const bucketShape = z.object({
  name: z.string(),
  createdAtEpochMs: z.number(),
  versioning: z.enum(['never', 'enabled', 'suspended']),
  corsRules: z.readonly(z.array(corsRule)),
  /** Absent in what was kept before there were locks. */
  objectLock: z.optional(z.boolean()),
});
const retentionShape = z.object({ mode: z.enum(['GOVERNANCE', 'COMPLIANCE']), untilEpochMs: z.number() });
const contentShape = z.object({
  eTag: z.string(),
  sizeBytes: z.number(),
  segments: z.readonly(z.array(z.object({ file: z.string(), sizeBytes: z.number() }))),
  headers: z.record(z.string(), z.string()),
  tags: z.readonly(z.array(z.object({ key: z.string(), value: z.string() }))),
  checksum: z.object({
    algorithm: z.enum(checksumAlgorithms),
    value: z.string(),
    type: z.enum(['FULL_OBJECT', 'COMPOSITE']),
  }),
});
export const versionShape = z.object({
  bucket: z.string(),
  key: z.string(),
  versionId: z.string(),
  sequence: z.number(),
  lastModifiedEpochMs: z.number(),
  content: z.optional(contentShape),
  retention: z.optional(retentionShape),
  legalHold: z.optional(z.enum(['ON', 'OFF'])),
});

export type StoredCorsRule = z.infer<typeof corsRule>;
export type Retention = Readonly<z.infer<typeof retentionShape>>;
export type Bucket = Readonly<z.infer<typeof bucketShape>>;
/** What lies under one version of a key; `headers` are those that GetObject gives back, metadata among them. */
export type Content = Readonly<z.infer<typeof contentShape>>;
/** One version of one key; without `content` it is a delete marker. `versionId` is `null` where versioning was off. */
export type StoredVersion = Readonly<z.infer<typeof versionShape>>;
export type StoredObject = StoredVersion & { readonly content: Content };
