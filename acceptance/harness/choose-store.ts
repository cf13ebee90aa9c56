import { openFilePlace } from './store-in-file.ts'
import type { OpenPlace, StoreKind, StorePlace, StoreTap } from './store-place.ts'

let chosen: { kind: StoreKind; open: OpenPlace } = { kind: 'sqlite', open: openFilePlace }

/** Servers started from now on keep what they have there. The tests are for either store; a setup file of the test run calls this. */
export function chooseStore(kind: StoreKind, open: OpenPlace): void {
  chosen = { kind, open }
}

/** For the few tests that say another thing of each store. */
export function storeKind(): StoreKind {
  return chosen.kind
}

/** An empty place of the store the test run is for. */
export function openStorePlace(tap: StoreTap | null): Promise<StorePlace> {
  return chosen.open(tap)
}
