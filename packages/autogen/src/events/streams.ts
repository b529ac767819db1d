import { textOf } from "../messages/narrow.ts";
import type { LogLine } from "./native.ts";

interface Open {
  count: number;
  /** More than one was open at once: no line says which of them an end is of, until all are over. */
  isMixed: boolean;
  messages: unknown;
}

/** Streams of model calls: what was sent stands where one begins, what was answered where it ends. Nothing but their order joins the two. */
export class Streams {
  readonly #open: Map<string, Open> = new Map();

  /** An end, with what was sent where only one stream of its agent was open; any other line as it is. */
  read(line: LogLine): LogLine {
    const { type, fields } = line;
    const agent = textOf(fields["agent_id"]) ?? "";
    if (type === "LLMStreamStart") this.#begin(agent, fields["messages"]);
    return type === "LLMStreamEnd" ? this.#end(agent, line) : line;
  }

  #begin(agent: string, messages: unknown): void {
    const count = (this.#open.get(agent)?.count ?? 0) + 1;
    this.#open.set(agent, { count, isMixed: count > 1, messages });
  }

  #end(agent: string, line: LogLine): LogLine {
    const open = this.#open.get(agent);
    if (open === undefined) return line;
    open.count -= 1;
    if (open.count === 0) this.#open.delete(agent);
    if (open.isMixed) return line;
    return { ...line, fields: { ...line.fields, messages: open.messages } };
  }
}
