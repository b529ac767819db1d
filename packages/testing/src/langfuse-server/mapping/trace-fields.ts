import { asText, firstOf, type Loose } from "../loose.ts";
import { environmentOf } from "./environment.ts";

/** What belongs to a trace or a session and is read off each span by itself: nothing is inherited from the one above. */
export interface TraceFields {
  readonly traceName: string | null;
  readonly userId: string | null;
  readonly sessionId: string | null;
  readonly tags: readonly string[];
  readonly public: boolean;
  readonly environment: string;
  readonly release: string | null;
  readonly version: string | null;
}

export function traceFieldsOf(attributes: Loose, resource: Loose): TraceFields {
  return {
    traceName: textOr(attributes["langfuse.trace.name"]),
    userId: firstOf(attributes, userKeys),
    sessionId: firstOf(attributes, sessionKeys),
    tags: tagsIn(tagKeys.map((key) => attributes[key]).find(Boolean)),
    public: isTrue(attributes["langfuse.trace.public"] ?? attributes["langfuse.public"]),
    environment: environmentOf(attributes, resource),
    release: textOr(attributes["langfuse.release"] ?? resource["langfuse.release"]),
    version: textOr(attributes["langfuse.version"] ?? resource["service.version"]),
  };
}

export const isTrue = (value: unknown): boolean => value === true || value === "true";

const userKeys = [
  "langfuse.user.id",
  "user.id",
  "langfuse.observation.metadata.langfuse_user_id",
  "langfuse.trace.metadata.langfuse_user_id",
];

const sessionKeys = [
  "langfuse.session.id",
  "session.id",
  "gen_ai.conversation.id",
  "langfuse.observation.metadata.langfuse_session_id",
  "langfuse.trace.metadata.langfuse_session_id",
];

const tagKeys = [
  "langfuse.trace.tags",
  "langfuse.tags",
  "langfuse.observation.metadata.langfuse_tags",
  "langfuse.trace.metadata.langfuse_tags",
  "tag.tags",
];

const textOr = (value: unknown): string | null =>
  value === undefined || value === null ? null : asText(value);

/** A list, or the text of one in JSON, or a text that is split wherever it has a comma. */
function tagsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.map(String);
  if (typeof value !== "string") return [];
  return (
    listIn(value) ?? (value.includes(",") ? value.split(",").map((tag) => tag.trim()) : [value])
  );
}

function listIn(text: string): readonly string[] | null {
  if (!text.trim().startsWith("[")) return null;
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.map(String) : null;
  } catch {
    return null;
  }
}
