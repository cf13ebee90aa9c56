/** What stands at an address. */
export interface FetchedPage {
  /** Where it was found in the end, after all redirects. */
  url: string
  /** As the other server declares it, with its parameters; empty where it says nothing. */
  mediaType: string
  bytes: Uint8Array
}

/** Gets pages from other people's servers, and never from inside the operator's network. */
export interface PageFetcher {
  /**
   * Gets one page, of at most `limitBytes`.
   * @throws ParlorError `validation_failed` or `payload_too_large`, with the reason and what to do.
   */
  fetch(url: string, limitBytes: number, signal: AbortSignal): Promise<FetchedPage>
}
