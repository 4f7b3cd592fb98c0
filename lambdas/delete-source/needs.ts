import type { MetadataNames } from '../shared/messages/metadata-names.ts';
import type { CalabrioContacts } from '../shared/ports/calabrio-contacts.ts';
import type { Archive } from '../shared/ports/archive.ts';
import type { ControlRecords } from '../shared/ports/control-records.ts';
import type { Meter } from '../shared/ports/meter.ts';
import type { RecordingKeys } from '../shared/ports/recording-keys.ts';
import type { Recordings } from '../shared/ports/recordings.ts';
import type { StreamInspector } from '../shared/ports/stream-inspector.ts';
import type { PlanNeeds } from '../shared/steps/follow-plan.ts';

export interface DeleteSourceNeeds extends PlanNeeds {
  readonly control: Pick<ControlRecords, 'readDeletionControl' | 'saveDeletionControl'>;
  readonly recordings: Pick<Recordings, 'fetchAlsoDeleted' | 'deleteRecording'>;
  readonly archive: Pick<Archive, 'look' | 'open'>;
  readonly inspector: StreamInspector;
  readonly keys: RecordingKeys;
  /** Absent where no API user is configured; then nothing is ever confirmed by the API. */
  readonly contacts?: CalabrioContacts;
  readonly metadataNames: MetadataNames;
  readonly meter: Meter;
}

/** Why and by whom, for the timeline. */
export interface Because {
  readonly cause: string;
  readonly actor: 'delete-source';
}
