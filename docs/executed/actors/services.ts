import { Deliveries, overTheWire } from "./deliveries.ts";
import type { Metadata } from "./grpc.ts";

// Services that are called, as far as the guide uses them.

interface Extra {
  readonly _meta: object;
}
type Tool = (payload: unknown, extra: Extra) => Promise<unknown>;
type Answer = (error: unknown, answer?: unknown) => void;
interface Service {
  work(call: { readonly request: unknown; readonly metadata: Metadata }, answer: Answer): unknown;
}
interface Executor {
  execute(context: object, events: object): Promise<unknown>;
}

const tools = new Map<string, Tool>();
let service: Service | null = null;
let executor: Executor | null = null;
let activity: ((argument: unknown) => Promise<unknown>) | null = null;

export const tool = { description: "Searches.", inputSchema: {} };
/** MCP's. */
export const server = {
  registerTool: (name: string, _tool: object, handle: Tool): void => void tools.set(name, handle),
};
export const addService = (given: Service): void => void (service = given);
export const serve = (given: Executor): void => void (executor = given);
export const register = (given: typeof activity): void => void (activity = given);
export const Role = { ROLE_USER: 1 };

/** Of MCP, of gRPC and of A2A. */
export const client = {
  async callTool(
    call: { readonly name: string; readonly arguments: unknown } & Extra,
  ): Promise<object> {
    const { name, arguments: given, _meta } = overTheWire(call);
    const text = await tools.get(name)?.(given, { _meta });
    return { content: [{ type: "text", text }] };
  },
  work(request: unknown, metadata: Metadata, answer: Answer): void {
    void service?.work({ request: overTheWire(request), metadata }, answer);
  },
  async sendMessage(
    { message }: { readonly message: { readonly contextId: string } },
    { serviceParameters }: { readonly serviceParameters: object },
  ): Promise<unknown> {
    const { contextId } = message;
    const state = new Map([["headers", overTheWire(serviceParameters)]]);
    const userMessage = overTheWire(message);
    return executor?.execute({ userMessage, contextId, context: { state } }, {});
  },
};

/** A workflow that has one activity. */
export const temporal = {
  workflow: {
    execute: async (
      _workflow: string,
      { args }: { readonly args: readonly unknown[] },
    ): Promise<unknown> => activity?.(overTheWire(args[0])),
  },
};

const events = new Deliveries<object>();
export const emit = async (event: object): Promise<void> => events.put(overTheWire(event));
export const receive = async (handle: (event: object) => unknown): Promise<void> =>
  events.listen(handle);

type Reply = (answer: unknown) => void;
const answerers = new Map<string, (delivered: unknown, reply: Reply) => unknown>();
export const answering = (
  name: string,
  handle: (delivered: unknown, reply: Reply) => unknown,
): void => void answerers.set(name, handle);
export const ask = (name: string, envelope: unknown): Promise<unknown> =>
  new Promise((resolve) => {
    void answerers.get(name)?.(overTheWire(envelope), (answer) => resolve(overTheWire(answer)));
  });
