/**
 * What is used of OpenTelemetry's SDK, by its shape: the lines 2.x and 3.x have it in common, and neither is imported.
 */
export type SdkTime = [seconds: number, nanoseconds: number];
export type SdkValue = string | number | boolean | string[];
export type SdkAttributes = Record<string, SdkValue>;

export interface SdkSpanContext {
  traceId: string;
  spanId: string;
  traceFlags: number;
  isRemote?: boolean;
}

/** What a service is. An SDK's own resource has more to it, and fits. */
export interface SdkResource {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly asyncAttributesPending?: boolean;
}

/** A span that has ended, as a processor reads it. */
export interface SdkSpan {
  readonly name: string;
  readonly kind: number;
  readonly spanContext: () => SdkSpanContext;
  readonly parentSpanContext?: SdkSpanContext;
  readonly startTime: SdkTime;
  readonly endTime: SdkTime;
  readonly duration: SdkTime;
  readonly ended: true;
  readonly status: { code: number; message?: string };
  readonly attributes: SdkAttributes;
  readonly links: { context: SdkSpanContext; attributes?: SdkAttributes }[];
  readonly events: { name: string; time: SdkTime; attributes?: SdkAttributes }[];
  readonly resource: SdkResource;
  readonly instrumentationScope: { readonly name: string; readonly version?: string };
  readonly droppedAttributesCount: 0;
  readonly droppedEventsCount: 0;
  readonly droppedLinksCount: 0;
}

/** The application's own `SpanProcessor`, of whatever line and maker. */
export interface SdkSpanProcessor {
  // A method, so that a processor may ask for more than is known of a span here.
  onEnd(span: never): void;
  forceFlush(): Promise<void>;
  shutdown?(): Promise<void>;
}
