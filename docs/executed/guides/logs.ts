import { createObserver } from "@spoor/core";

export const modules: Readonly<Record<string, string>> = {
  pino: new URL("../pino.ts", import.meta.url).href,
};

export { createObserver, logFields } from "@spoor/core";
export const observer = createObserver({ journal: "memory" });
