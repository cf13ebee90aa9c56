/** Whether customers' pages may be served over plain http, because Parlor itself is. */
export function allowsHttp(publicUrl: URL): boolean {
  return publicUrl.protocol === 'http:'
}
