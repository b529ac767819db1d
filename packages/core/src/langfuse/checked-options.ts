import type { Cost } from "./prices.ts";
import { type Transport, transports } from "./transports.ts";

interface Checked {
  readonly transport?: Transport;
  readonly cost?: Cost;
  readonly graph?: boolean;
  readonly scopeName?: string;
  readonly maxFieldBytes?: number;
}

/** Less than that is no field any more. */
const fewestFieldBytes = 256;

/** Throws, saying what is expected, for an option that cannot be meant: JavaScript lets everything through, and it would fail with each batch. */
export function checkOptions(options: Checked): void {
  const { transport, cost, graph, scopeName, maxFieldBytes } = options;
  if (transport !== undefined && !transports.includes(transport))
    throw unexpected("transport", transports.join(", "), transport);
  if (cost !== undefined && cost !== "server" && typeof cost !== "function")
    throw unexpected("cost", '"server" or what pricesFrom(book) gives', cost);
  if (graph !== undefined && typeof graph !== "boolean")
    throw unexpected("graph", "true or false", graph);
  if (scopeName !== undefined && (typeof scopeName !== "string" || scopeName === ""))
    throw unexpected("scopeName", "a name", scopeName);
  if (maxFieldBytes !== undefined && !isEnough(maxFieldBytes))
    throw unexpected("maxFieldBytes", `a whole number from ${fewestFieldBytes} on`, maxFieldBytes);
}

const isEnough = (bytes: number): boolean => Number.isInteger(bytes) && bytes >= fewestFieldBytes;

function unexpected(name: string, expected: string, received: unknown): TypeError {
  const shown = typeof received === "string" ? `"${received}"` : String(received);
  return new TypeError(`expected ${name} to be ${expected}, received ${shown}`);
}
