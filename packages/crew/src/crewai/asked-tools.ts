import { BoundedMap, type Key } from "@spoor/core";
import { addTo } from "./lists.ts";
import type { CrewEvent } from "./native.ts";
import { argumentsOf } from "./drafts/tools.ts";
import { callKey, toolsAskedFor } from "./drafts/calls.ts";
import { textFor, textOf } from "../reading/narrow.ts";

/** What a model's answer asks for, until it is called. */
interface Asked {
  readonly name: string;
  readonly input: string;
  readonly causedBy: Key;
  readonly toolCallId: string | undefined;
}

/** Which answer a tool call comes from: events of tools have no id of the call, but the same name and arguments, in the same scope. */
export class AskedTools {
  readonly #asked: BoundedMap<string, Asked[]> = new BoundedMap(1000);

  answered(event: CrewEvent, scope: string | undefined): void {
    const causedBy = callKey(event);
    const tools = toolsAskedFor(event.fields["response"]);
    if (scope === undefined || causedBy === undefined || tools.length === 0) return;
    for (const { id: toolCallId, name, input } of tools) {
      const asked = { name: plainName(name), input: textFor(input), causedBy, toolCallId };
      addTo(this.#asked, scope, asked);
    }
  }

  /** Each answer's request is called once; a second call that is like it comes from the next. */
  called({ fields }: CrewEvent, scope: string | undefined): Asked | undefined {
    const asked = scope === undefined ? undefined : this.#asked.get(scope);
    const [name, input] = [
      plainName(textOf(fields["tool_name"]) ?? ""),
      textFor(argumentsOf(fields)),
    ];
    const index = asked?.findIndex((one) => one.name === name && one.input === input) ?? -1;
    return index < 0 ? undefined : asked?.splice(index, 1)[0];
  }
}

/** CrewAI offers a tool to models under a tidied name. */
const plainName = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, "_");
