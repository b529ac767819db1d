import type { JsonObject, JsonValue } from "@spoor/core";
import { isRecord } from "@spoor/core";
import type { StatePlace } from "./state-place.ts";
import { ToldLists } from "./told-lists.ts";
import { ToldMessages } from "./told-messages.ts";

/**
 * A state without what its thread's states have told already. LangGraph gives each node the whole state and ends with it once more; told in
 * full, a thread would grow with the square of its length.
 */
export class ToldOnce {
  readonly #isMessage: (form: JsonValue) => form is JsonObject;
  readonly #messages: ToldMessages = new ToldMessages();
  readonly #lists: ToldLists = new ToldLists();

  /** `isMessage`: whether a form is that of one of LangChain's messages. */
  constructor(isMessage: (form: JsonValue) => form is JsonObject) {
    this.#isMessage = isMessage;
  }

  state(form: JsonValue, place: StatePlace): JsonValue {
    if (isList(form)) return this.#list(form, place);
    if (!isRecord(form) || this.#isMessage(form)) return form;
    return this.#members(form, (member) => this.state(member, place));
  }

  #list(items: readonly JsonValue[], place: StatePlace): readonly JsonValue[] {
    if (items.length === 0) return items;
    if (items.every(this.#isMessage)) return this.#messages.list(items, place);
    return this.#lists.list(items, place).map((item) => this.#insideList(item, place));
  }

  /** Of what stands in a list, only messages are looked for: a list in a list is a part of what tells that one from another. */
  #insideList(form: JsonValue, place: StatePlace): JsonValue {
    const inside = (part: JsonValue): JsonValue => this.#insideList(part, place);
    if (isList(form)) {
      const isConversation = form.length > 0 && form.every(this.#isMessage);
      return isConversation ? this.#messages.list(form, place) : form.map(inside);
    }
    return isRecord(form) && !this.#isMessage(form) ? this.#members(form, inside) : form;
  }

  #members(form: JsonObject, told: (member: JsonValue) => JsonValue): JsonObject {
    return Object.fromEntries(Object.entries(form).map(([name, member]) => [name, told(member)]));
  }
}

function isList(form: JsonValue): form is readonly JsonValue[] {
  return Array.isArray(form);
}
