import { startSdk } from "../../packages/core/src/otel/bridge/sdk.fixture.ts";

/** In the place of `NodeSDK`, which is not installed here: a provider and a context manager of the same kind. */
export const started = startSdk();
export const sdk = { start: (): void => {}, shutdown: async (): Promise<void> => {} };
export class NodeSDK {
  readonly start: () => void = sdk.start;
}
