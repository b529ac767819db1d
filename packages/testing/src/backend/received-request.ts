import type { Buffer } from "node:buffer";
import type { IncomingHttpHeaders } from "node:http";

/** A request as the backend saw it, whatever it answered. */
export interface ReceivedRequest {
  /** 0 for the first that ever arrived: the order of arrival. */
  readonly index: number;
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Decompressed, as far as it was read before the connection was cut. */
  readonly body: Buffer;
  /** The bytes of the body as they came over the wire. */
  readonly sent: Buffer;
  /** False where the connection ended within the body, or the body is not what its `content-encoding` says. */
  readonly complete: boolean;
}
