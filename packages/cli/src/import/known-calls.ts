import { type EventDraft, isRecord } from "@spoor/core";

const begun = '"type":"model.started"';

/** Which session each model call was first told of, by the call's key: what the API calls it. It takes memory for each call, but for none of its content. */
export class KnownCalls {
  readonly #sessions: Map<string, string> = new Map();
  /** Each name once, however many calls a session has. */
  readonly #names: Map<string, string> = new Map();

  sessionOf(call: string): string | null {
    return this.#sessions.get(call) ?? null;
  }

  note(draft: EventDraft): void {
    if (draft.type === "model.started") this.#add(draft.key, draft.session);
  }

  /** An entry of the journal, as it is written. */
  noteEntry(line: string): void {
    if (!line.includes(begun)) return;
    const { type, key, session } = fieldsIn(line);
    if (type === "model.started" && typeof key === "string" && typeof session === "string")
      this.#add(key, session);
  }

  #add(call: string, session: string): void {
    if (this.#sessions.has(call)) return;
    const name = this.#names.get(session) ?? session;
    this.#names.set(name, name);
    this.#sessions.set(call, name);
  }
}

function fieldsIn(line: string): Readonly<Record<string, unknown>> {
  try {
    const entry: unknown = JSON.parse(line);
    return isRecord(entry) ? entry : {};
  } catch {
    return {};
  }
}
