/** How checkpoints are recorded. */
export interface CheckpointAuditOptions {
  /**
   * What the application calls a checkpoint: the name under which it stands in the metadata of the checkpoint or of the run's config, or a function of
   * the config and the metadata. Default: no checkpoint has a label.
   */
  readonly label?: string | ((config: unknown, metadata: unknown) => string | undefined);
  /** Record the values themselves beside their digests, as content. Default: false. */
  readonly values?: boolean;
  /** Write the turn's trace context into the metadata of checkpoints, so that a resume anywhere goes on with it. Default: true. */
  readonly carrier?: boolean;
}
