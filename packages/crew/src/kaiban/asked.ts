import { type EndOptions, isRecord, type JsonValue, type ModelScope } from "@spoor/core";
import type { CrewScope } from "../recorder/crew-scope.ts";
import type { AgentFacts, TeamLog } from "./native.ts";
import { errorIn, messagesIn, momentOf, toolNameIn, usageIn } from "./said.ts";
import { Unanswered } from "./unanswered.ts";

/** The calls of models and tools for one task. They outlive its attempts, and the run: what was given up answers when it likes, and was paid. */
export class Asked {
  readonly #calls: Unanswered<ModelScope> = new Unanswered();
  readonly #tools: Unanswered<CrewScope> = new Unanswered();

  beginCall(agent: CrewScope, facts: AgentFacts | null, { metadata, at }: TeamLog): void {
    const { model = null, provider = null } = facts ?? {};
    this.#calls.asked(
      agent.model(model ?? "model", {
        ...(provider === null ? {} : { provider }),
        context: { messages: messagesIn(metadata["messages"]) },
        ...momentOf(at),
      }),
    );
  }

  endCall({ metadata, at }: TeamLog): void {
    const moment = momentOf(at);
    const said = isRecord(metadata["output"]) ? metadata["output"] : {};
    const usage = usageIn(said["llmUsageStats"]);
    const output = said["llmOutput"] as JsonValue;
    this.#calls.answered((call, isAwaited) => {
      if (usage) call.usage(usage);
      if (isAwaited) call.end(output, moment);
      else if (output !== undefined) call.note("span.amended", { ...moment, output });
    });
  }

  failCall(error: object, moment: EndOptions): void {
    this.#calls.failed((call) => call.fail(error, moment));
  }

  beginTool(agent: CrewScope, { metadata, at }: TeamLog): void {
    this.goOn();
    this.#tools.asked(this.#tool(agent, { metadata, at }));
  }

  endTool({ metadata, at }: TeamLog): void {
    const output = metadata["output"] as JsonValue;
    this.#tools.answered((tool, isAwaited) => {
      if (isAwaited) tool.end(output, momentOf(at));
    });
  }

  /** A tool that is not there was never begun. */
  failTool(agent: CrewScope, { metadata, at }: TeamLog): void {
    this.goOn();
    const moment = momentOf(at);
    if (typeof metadata["toolName"] === "string")
      this.#tool(agent, { metadata, at }).fail(new Error("there is no such tool"), moment);
    else this.#tools.failed((tool) => tool.fail(errorIn(metadata["error"], "tool failed"), moment));
  }

  #tool(agent: CrewScope, { metadata, at }: Pick<TeamLog, "metadata" | "at">): CrewScope {
    const { latest } = this.#calls;
    return agent.tool(toolNameIn(metadata), {
      ...(metadata["input"] === undefined ? {} : { input: metadata["input"] as JsonValue }),
      ...(latest ? { causedBy: latest } : {}),
      ...momentOf(at),
    });
  }

  /** Its agent does something with what it was answered last. */
  goOn(): void {
    this.#calls.goesOn();
    this.#tools.goesOn();
  }

  giveUp(reason: string, moment: EndOptions): void {
    this.#calls.giveUp((call) => call.cancel(reason, moment));
    this.#tools.giveUp((tool) => tool.cancel(reason, moment));
  }
}
