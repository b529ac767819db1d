import { nameOf, textOf } from "../messages/narrow.ts";

/** `type/key`. In a team the key is the team's own id, and stands behind the type again since 0.4.9. */
export interface AgentId {
  readonly type: string;
  readonly key: string;
  /** What people call it. */
  readonly name: string;
}

export function agentIdOf(value: unknown): AgentId | null {
  const text = textOf(value) ?? "";
  const slash = text.indexOf("/");
  if (slash <= 0) return null;
  const [type, key] = [text.slice(0, slash), text.slice(slash + 1)];
  const suffix = `_${key}`;
  return {
    type,
    key,
    name: nameOf(type.endsWith(suffix) ? type.slice(0, -suffix.length) : type, type),
  };
}
