/** `auto`: as the version of the server asks for. `otlp`: without asking. `legacy`: the ingestion API, which servers from 4 on do not take traces by. */
export const transports = ["auto", "otlp", "legacy"] as const;
export type Transport = (typeof transports)[number];
