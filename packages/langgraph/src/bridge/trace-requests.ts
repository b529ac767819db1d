import { carrierHere, type CurrentSpan, inject } from "@spoor/core";
import { memberOf } from "../callbacks/reading.ts";

/** What is used of the settings of a request, as `fetch` takes them. */
export interface RequestSettings {
  headers?: RequestInit["headers"];
  body?: unknown;
}

/** A handler, as far as it is asked here. */
export interface TaskSpans extends CurrentSpan {
  readonly spanOfTask: (namespace: string) => ReturnType<CurrentSpan["currentSpan"]>;
}

/**
 * Sends the trace context with every request of LangGraph's own client, so that the graph behind a `RemoteGraph` can go on in the same trace:
 * `new RemoteGraph({ graphId, client: new Client({ apiUrl, onRequest: traceRequests(callbacks) }) })`. Not where something else adds it to
 * outgoing requests, as OpenTelemetry's instrumentations of `fetch` do: a request with two of them has none. Never throws.
 */
export function traceRequests(
  callbacks: TaskSpans,
): <Settings extends RequestSettings>(url: URL, settings: Settings) => Settings {
  return (_url, settings) => {
    const currentSpan: CurrentSpan["currentSpan"] = () =>
      callbacks.currentSpan() ?? callbacks.spanOfTask(taskIn(settings.body) ?? "");
    const headers: object = settings.headers ?? {};
    const traced = inject(
      { carrier: carrierHere({ currentSpan }) },
      headers as Record<string, string>,
    );
    return { ...settings, headers: traced };
  };
}

const taskName = "langgraph_checkpoint_ns";

/** A remote graph is always streamed, and where LangChain streams, its storage names no run; but the request says which node it is made for. */
function taskIn(body: unknown): string | null {
  if (typeof body !== "string" || !body.includes(taskName)) return null;
  const config = memberOf(parsed(body), "config");
  const name = memberOf(memberOf(config, "metadata"), taskName);
  return typeof name === "string" ? name : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
