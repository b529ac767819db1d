/** A team of KaibanJS, as far as it is looked at. Its store holds live objects with keys in them: nothing of it is kept but what is named here. */
export interface KaibanTeam {
  getStore(): KaibanStore;
}

interface KaibanStore {
  getState(): object;
  subscribe(listener: () => void): () => void;
}

/** A line of a team's own log, in values that may be recorded. */
export interface TeamLog {
  readonly about: "workflow" | "task" | "agent" | "step";
  /** The word that the library has for what happened. */
  readonly status: string;
  /** Milliseconds since the epoch; null: it does not say. */
  readonly at: number | null;
  readonly task: TaskFacts | null;
  readonly agent: AgentFacts | null;
  /** What was said with it, by name. Only to be read one by one: a tool in it is a live object. */
  readonly metadata: Readonly<Record<string, unknown>>;
}

export interface TaskFacts {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly expected: string | null;
  /** What it is called where others depend on it. */
  readonly reference: string | null;
  /** The tasks that it waits for, by what they are called. */
  readonly dependencies: readonly string[];
}

export interface AgentFacts {
  readonly name: string;
  readonly role: string | null;
  readonly provider: string | null;
  readonly model: string | null;
}
