import type { SdkSpanProcessor } from "./sdk-span.ts";

/**
 * Tells from now on whether the application has shut a processor down, which is how its SDK ends. The processor then forgets what it is given and
 * calls every flush a success, so that it cannot be asked; its own `shutdown` notes that it was called, and is otherwise what it was.
 */
export function shutdownOf(processor: SdkSpanProcessor): () => boolean {
  const shutdown = processor.shutdown?.bind(processor);
  let isShutDown = false;
  if (shutdown)
    Reflect.set(processor, "shutdown", () => {
      isShutDown = true;
      return shutdown();
    });
  return () => isShutDown;
}
