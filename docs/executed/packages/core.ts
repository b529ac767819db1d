import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createObserver } from "@spoor/core";
import { mustHaveRecorded } from "../recorded.ts";

export const messages = [{ role: "user", content: "How warm is it in Oslo?" }];
export const askTheModel = async (): Promise<string> => "weather, Oslo";
export const weatherIn = (city: string): string => `4 °C in ${city}`;

const server = createServer((_, response) => response.end()).listen(0, "127.0.0.1");
await new Promise((resolve) => server.once("listening", resolve));
export const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

export { continueCarrier, extract, inject } from "@spoor/core";
const observer = createObserver();
export const session = observer.session({ id: "chat-43" });
export const request = { headers: { traceparent: `00-${"a".repeat(32)}-${"b".repeat(16)}-01` } };

export async function afterwards(): Promise<void> {
  await observer.close();
  mustHaveRecorded(2);
}
