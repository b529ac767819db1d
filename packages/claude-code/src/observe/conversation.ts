import type { JsonValue } from "@spoor/core";
import { keptContent, wordsOf } from "../content.ts";
import { claudeHooks } from "../hooks/adapter.ts";
import { readHookEvent } from "../hooks/native.ts";
import { fieldsOf, textOf } from "../narrow.ts";
import { guarded } from "./guarded.ts";
import type { Asking, Hearing } from "./hearing.ts";

const mostUnheard = 64;

/** One call of `query`, as far as its prompt and its hooks tell. Nothing here throws. */
export class Conversation implements Asking {
  isClaimed = false;
  readonly #hearing: Hearing;
  readonly #translator: ReturnType<typeof claudeHooks.createTranslator> =
    claudeHooks.createTranslator();
  /** What was said to the agent, and no hook has told of. */
  #unheard: JsonValue[] = [];
  #hasBegun = false;

  constructor(hearing: Hearing) {
    this.#hearing = hearing;
  }

  /** `query` is being called. */
  begin(): void {
    if (!this.#hasBegun) this.#hearing.await(this);
    this.#hasBegun = true;
  }

  /** A text, or a message of the application's. */
  prompted(prompt: unknown): void {
    guarded(this.#hearing.recorder, () => {
      const { content } = fieldsOf(fieldsOf(prompt)["message"]);
      const said = typeof prompt === "string" ? prompt : content;
      if (said === undefined) return;
      if (this.#unheard.length >= mostUnheard) this.#unheard.shift();
      this.#unheard.push(keptContent(said));
    });
  }

  hooked(input: unknown, toolUseID: unknown): void {
    guarded(this.#hearing.recorder, () => {
      const event = readHookEvent({ input, toolUseID });
      if (event === null) throw new TypeError("expected the input of a hook to name its event");
      const { hook_event_name: name, prompt } = event.input;
      if (name === "UserPromptSubmit") this.#forget(textOf(prompt) ?? "");
      for (const draft of this.#translator.translate(event)) this.#hearing.fromHook(draft, this);
    });
  }

  takeOnlyPrompt(): JsonValue | undefined {
    const [only, another] = this.#unheard;
    if (another !== undefined) return undefined;
    this.#unheard = [];
    return only;
  }

  #forget(prompt: string): void {
    const same = this.#unheard.findIndex((said) => wordsOf(said) === prompt);
    if (same >= 0) this.#unheard.splice(same, 1);
    else if (!prompt.startsWith("<")) this.#unheard.shift();
  }
}
