import type { ContentAnswer, ContentSource } from "../journal/content.ts";
import type { ContentRef, Held } from "../vocabulary/event.ts";
import { isRecord } from "../vocabulary/json.ts";
import { becameOf } from "./became.ts";

/** Several files may tell of one value: what was erased stays so, whoever still has it, and what is known counts before what is not. */
const precedence: Readonly<Record<ContentAnswer["kind"], number>> = {
  erased: 4,
  value: 3,
  withheld: 2,
  removed: 1,
  missing: 0,
};

/** What lines have told of references. The order of the lines does not matter. */
export class ValuesRead implements ContentSource {
  readonly #keep: (ref: ContentRef) => boolean;
  readonly #answers: Map<ContentRef, ContentAnswer> = new Map();

  constructor(keep: (ref: ContentRef) => boolean) {
    this.#keep = keep;
  }

  add(values: unknown): void {
    if (!isRecord(values)) return;
    for (const [name, said] of Object.entries(values)) {
      const ref = name as ContentRef;
      const answer = becameOf(said);
      const known = precedence[this.read(ref).kind];
      if (precedence[answer.kind] > known && this.#keep(ref)) this.#answers.set(ref, answer);
    }
  }

  read(held: Held): ContentAnswer {
    if (typeof held === "object") return { kind: "withheld", reason: held.withheld };
    return this.#answers.get(held) ?? { kind: "missing" };
  }

  find(ref: ContentRef): ReturnType<ContentSource["find"]> {
    const answer = this.read(ref);
    if (answer.kind !== "value") return null;
    const { kind: _, ...stored } = answer;
    return { ref, ...stored };
  }

  sizeOf(ref: ContentRef): number | null {
    const answer = this.read(ref);
    return answer.kind === "value" ? JSON.stringify(answer.value).length : null;
  }
}
