/** What an exporter of Mastra is told, as far as it is looked at. */
export interface MastraEvent {
  readonly type: string;
  readonly exportedSpan: MastraSpan;
}

export interface MastraSpan {
  readonly id: string;
  readonly traceId: string;
  readonly parentSpanId?: string | undefined;
  readonly name: string;
  readonly type: string;
  readonly entityName?: string | undefined;
  readonly startTime: Date | string;
  readonly endTime?: Date | string | undefined;
  readonly isEvent: boolean;
}

/** What Mastra calls, and `exporters` of its observability takes. */
export interface MastraExporter {
  readonly name: string;
  onTracingEvent(event: MastraEvent): Promise<void>;
  flush(): Promise<void>;
  shutdown(): Promise<void>;
}
