import { hash } from "node:crypto";
import type { ContentReader } from "../journal/content.ts";
import type { ContentRef, ContextDifference, Held } from "../vocabulary/event.ts";

export type ContextHash = (context: ContextDifference) => string | null;

/**
 * Fingerprints what model calls were sent: equal where the redacted context was equal, whoever's key it lies under. SHA-256 in hex over the
 * JSON text of `[instructions, tools, [messages]]`, each said by the SHA-256 of its own JSON text, or null where the call had none. Null
 * where a part is gone or was withheld. Remembers what it has hashed, so that a long conversation is not hashed again at each call.
 */
export function contextHasher(content: ContentReader): ContextHash {
  const known = new Map<ContentRef, string | null>();

  const hashOf = (held: Held): string | null => {
    if (typeof held === "object") return null;
    let digest = known.get(held);
    if (digest === undefined) known.set(held, (digest = hashBehind(held)));
    return digest;
  };
  const hashBehind = (held: Held): string | null => {
    const answer = content.read(held);
    return answer.kind === "value" ? hash("sha256", JSON.stringify(answer.value), "hex") : null;
  };

  return (context) => {
    const { instructions, tools } = context;
    const messages = content.messages(context)?.map(hashOf);
    if (!messages) return null;
    const parts = [instructions, tools].map((held) =>
      held === undefined ? undefined : hashOf(held),
    );
    if (parts.includes(null) || messages.includes(null)) return null;
    return hash("sha256", JSON.stringify([...parts, messages]), "hex");
  };
}
