/** A capture that was not accepted and is kept as evidence. */
export interface QuarantineRecord {
  readonly pageId: string;
  readonly captureId: string;
  readonly fetchedAt: string;
  readonly sha256: string;
  readonly status: number;
  readonly reason: string;
  readonly detail: string;
}
