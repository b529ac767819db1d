import { isMarker } from "../marker.ts";
import { type Finding, mostFindings, nothing, type TextRule } from "./text-rule.ts";

const userAndPassword = /([^\s/?#"'`<>@:\\]{0,256}:)([^\s/?#"'`<>\\]{1,512})@/y;

/** The password in `scheme://user:password@host`. */
export const urlPasswords: TextRule = {
  name: "url-password",
  shortest: 6,
  marks: "@",
  find(text) {
    let at = text.indexOf("://");
    if (at < 0) return nothing;
    const found: Finding[] = [];
    for (; at >= 0 && found.length < mostFindings; at = text.indexOf("://", at + 3)) {
      userAndPassword.lastIndex = at + 3;
      const [, user = "", password = ""] = userAndPassword.exec(text) ?? [];
      if (password === "" || isMarker(password)) continue;
      const from = at + 3 + user.length;
      found.push({ from, to: from + password.length, rule: "password" });
    }
    return found;
  },
};
