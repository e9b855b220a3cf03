/** A page of a list, as a document that can be read page by page has to ask for it. */
export interface Connection<Item> {
  nodes: readonly Item[]
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
}
