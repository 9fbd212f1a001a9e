/** A capture that was kept as evidence and not believed. */
export interface QuarantineRecord {
  readonly pageId: string;
  readonly captureId: string;
  readonly fetchedAt: string;
  readonly sha256: string;
  readonly status: number;
  readonly reason: string;
  readonly detail: string;
}
