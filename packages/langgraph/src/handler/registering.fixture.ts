import * as context from "@langchain/core/context";
import type { Recorder } from "@spoor/core";
import { registerSpoor } from "./register-spoor.ts";

export const begun: string[] = [];

const observer: Recorder = {
  emit(draft) {
    if (draft.type === "work.started") begun.push(draft.name);
    return null;
  },
};

registerSpoor(observer, context);
