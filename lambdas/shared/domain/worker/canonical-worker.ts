/** One worker, whichever of the known shapes the attributes have. What rules read as `worker`. */
export interface CanonicalWorker {
  readonly workerSid?: string;
  /** The friendly name at TaskRouter. */
  readonly workerName?: string;
  readonly contactUri?: string;
  readonly userId?: string;
  readonly username?: string;
  readonly fullName?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly email?: string;
  /** E.164. */
  readonly phone?: string;
  readonly roles: readonly string[];
  readonly languages: readonly string[];
  readonly skills: readonly string[];
  readonly disabledSkills: readonly string[];
  readonly manager?: string;
  readonly location?: string;
  readonly teamId?: string;
  readonly teamName?: string;
  /** As Insights writes it: `London ▸ Sales`. */
  readonly teamNameInHierarchy?: string;
  readonly teamLeaderSid?: string;
  readonly departmentId?: string;
  readonly departmentName?: string;
  readonly departmentNameInHierarchy?: string;
  readonly experienceLevel?: number;
  readonly overflowStatus?: number;
  readonly contactCenterId?: number;
}

/** A worker as read; `provenance` and `secrets` as of a task. */
export interface ReadWorker {
  readonly worker: CanonicalWorker;
  readonly provenance: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
}

/** What the adherence view knows of an agent. `Hold` and `Talking` are Calabrio's own and are never sent. */
export const agentStates = ['Logout', 'Not Ready', 'Ready', 'Work Not Ready', 'Work Ready'] as const;
export type AgentState = (typeof agentStates)[number];
