import type { JsonValue } from "@spoor/core";
import { keep } from "../allowed.ts";
import { fieldsOf, jsonOf } from "../narrow.ts";
import { initFacts } from "./facts.ts";
import type { ClaudeMessage } from "./native.ts";
import type { StreamSession } from "./reading.ts";

export const isInit = (message: ClaudeMessage): boolean =>
  message.type === "system" && message.subtype === "init";

/** What an init says of the setting, turn after turn the same. */
export const settingIn = (message: ClaudeMessage): JsonValue | undefined =>
  isInit(message) ? keep(message, initFacts) : undefined;

/** What an init says that the session's init before it has not said. It is remembered as said. */
export function changedSetting(
  session: StreamSession,
  message: ClaudeMessage,
): JsonValue | undefined {
  const now = settingIn(message);
  const before = fieldsOf(session.setting);
  session.setting = now ?? session.setting;
  const changed = Object.entries(fieldsOf(now)).filter(
    ([name, fact]) => JSON.stringify(fact) !== JSON.stringify(before[name]),
  );
  return changed.length === 0 ? undefined : jsonOf(Object.fromEntries(changed));
}
