import { setImmediate } from "node:timers/promises";
import process from "node:process";
import { mustHaveRecorded } from "./recorded.ts";

process.env["LANGFUSE_PUBLIC_KEY"] = "pk-lf-1234567890";
process.env["LANGFUSE_SECRET_KEY"] = "sk-lf-1234567890";
process.env["LANGFUSE_BASE_URL"] ??= "http://127.0.0.1:9";

export const modules: Readonly<Record<string, string>> = {
  "@anthropic-ai/claude-agent-sdk": new URL("claude-agent-sdk.ts", import.meta.url).href,
};

export { graph as agent } from "./small-graph.ts";
export const messages = [{ role: "user", content: "What is 1 + 2?" }];
export const show = (_message: unknown): void => {};
export const payload = { task: "count" };
export const bus = { publish: async (_topic: string, _envelope: object): Promise<void> => {} };
export const delivered = { messageType: "Task", topic: "tasks", payload };
export const work = (given: unknown): unknown => given;
export const question = "How warm is it in Oslo?";
export const askTheModel = async (_messages: readonly object[]): Promise<{ text: string }> => ({
  text: "Oslo",
});
export const search = (query: string): readonly string[] => [query];

/** Two turns of Claude Code, a graph, a message sent and one handled, a crew, and one by hand. */
export async function afterwards(): Promise<void> {
  await setImmediate();
  mustHaveRecorded(7);
}
