import type { EventDraft } from "@spoor/core";
import { claudeCode } from "../stream/adapter.ts";
import { fieldsOf } from "../narrow.ts";
import { type ClaudeMessage, readMessage } from "../stream/native.ts";
import { guarded } from "./guarded.ts";
import type { Asking, Hearing } from "./hearing.ts";
import type { IterationWatcher } from "./watched-iteration.ts";

/** Records what the stream of one query says, as the application reads it. */
export class StreamRecording implements IterationWatcher {
  readonly #hearing: Hearing;
  readonly #translator: ReturnType<typeof claudeCode.createTranslator> =
    claudeCode.createTranslator();
  #conversation: Asking | null;
  #isOver = false;

  constructor(hearing: Hearing) {
    this.#hearing = hearing;
    this.#conversation = hearing.claim();
    if (this.#conversation !== null) this.#conversation.isClaimed = true;
  }

  stepped(step: unknown): void {
    guarded(this.#hearing.recorder, () => {
      const { done, value } = fieldsOf(step);
      if (done === true) {
        this.#isOver = true;
        return;
      }
      const message = readMessage(value);
      if (message === null) throw new TypeError("expected a message of the stream to have a type");
      this.#tell(message);
    });
  }

  threw(error: unknown): void {
    this.#end(() => ({ type: "thrown", thrown: wordsOf(error) }));
  }

  left(): void {
    this.#end(() => ({ type: "returned" }));
  }

  /** Once: what an iterator throws after it has thrown is the same again. */
  #end(message: () => ClaudeMessage): void {
    if (this.#isOver) return;
    this.#isOver = true;
    guarded(this.#hearing.recorder, () => this.#tell(message()));
  }

  #tell(message: ClaudeMessage): void {
    for (const draft of this.#translator.translate(message)) {
      if (draft.type === "turn.ended") this.#tellPrompt(draft, message);
      this.#hearing.fromStream(draft);
    }
  }

  /** Where no hook has told what set the turn off, because none is called for a local command, or at all. */
  #tellPrompt(
    { session, key }: EventDraft & { readonly key: string },
    message: ClaudeMessage,
  ): void {
    if (fieldsOf(message.origin)["kind"] === "task-notification") return;
    if (this.#hearing.knowsPromptOf(session, key)) return;
    this.#conversation ??= this.#hearing.conversationOf(session);
    const input = this.#conversation?.takeOnlyPrompt();
    if (input === undefined) return;
    const about = { session, source: "stream", on: key, mark: "prompt" } as const;
    this.#hearing.recorder.emit({ ...about, type: "span.amended", input });
  }
}

/** By its looks, because it may be of another realm, and its getters are somebody else's code. */
function wordsOf(error: unknown): unknown {
  if (typeof error !== "object" || error === null)
    return { name: typeof error, message: String(error) };
  return { name: Reflect.get(error, "name"), message: Reflect.get(error, "message") };
}
