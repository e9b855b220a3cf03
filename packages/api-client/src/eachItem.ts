import type { Connection } from './connection.ts'

/** The items of a list, page after page. The next page is asked for when the last item of this one was taken. */
export async function* eachItem<Item>(
  askForPage: (after: string | null) => Promise<Connection<Item> | null | undefined>,
): AsyncGenerator<Item, void, undefined> {
  let after: string | null = null
  for (;;) {
    const page = await askForPage(after)
    // An empty list would say that there is nothing, to somebody who forgot the key.
    if (!page) throw new TypeError('There is no list in the answer: is the request made with a credential?')
    yield* page.nodes
    if (!page.pageInfo.hasNextPage) return
    after = page.pageInfo.endCursor
  }
}
