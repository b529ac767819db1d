/** Behind the address of a Langfuse: where OTLP goes. */
export const tracesPath = "/api/public/otel/v1/traces";
/** Where scores go, and what servers before OTLP are told. */
export const ingestionPath = "/api/public/ingestion";
