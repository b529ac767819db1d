import type { JsonValue } from "@spoor/core";
import type { Fields } from "../native.ts";
import { textOf } from "../reading.ts";
import { KnownForms } from "./known-forms.ts";
import type { NeutralMessage } from "./message.ts";
import { neutralMessage } from "./message.ts";
import { sameJson } from "./same-json.ts";
import { saysStill } from "./says-still.ts";

interface Converted {
  readonly id: string | undefined;
  readonly message: NeutralMessage;
}

/**
 * The neutral form of messages. One message has one form, the same object, whether it comes again as itself or as a copy that a checkpoint
 * was read into, for as long as it says the same: so it is neither scanned nor stored again. Remembers live objects no longer than they live,
 * and ids for a while.
 */
export class Messages {
  readonly #json: (value: unknown) => JsonValue | undefined;
  readonly #converted: WeakMap<object, Converted> = new WeakMap();
  readonly #byId: KnownForms<NeutralMessage> = new KnownForms();

  readonly #forms: WeakSet<object> = new WeakSet();

  constructor(json: (value: unknown) => JsonValue | undefined) {
    this.#json = json;
  }

  of(live: Fields): NeutralMessage {
    const earlier = this.#converted.get(live);
    const id = textOf(live["id"]);
    if (earlier !== undefined && earlier.id === id && saysStill(live, earlier.message))
      return earlier.message;
    const fresh = neutralMessage(live, this.#json);
    const message = earlier && sameJson(earlier.message, fresh) ? earlier.message : fresh;
    const known = id === undefined ? message : this.#asKnown(id, message);
    this.#forms.add(known);
    this.#converted.set(live, { id, message: known });
    return known;
  }

  isForm(value: JsonValue): value is NeutralMessage {
    return typeof value === "object" && value !== null && this.#forms.has(value);
  }

  #asKnown(id: string, message: NeutralMessage): NeutralMessage {
    const name = `${message.role}:${id}`;
    const earlier = this.#byId.get(name);
    if (earlier !== undefined && sameJson(earlier, message)) return earlier;
    this.#byId.set(name, message);
    return message;
  }
}
