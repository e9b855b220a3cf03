/** By status, what a page says that is shown before the app proper is asked. */
export const refusals: Record<number, { title: string; text: string }> = {
  400: {
    title: 'We cannot read that',
    text: 'What was sent is not whole, or its address has a slip in it. Go to the start page and try again from there.',
  },
  403: {
    title: 'This was not sent from our own page',
    text: 'To protect you, we only accept what is sent from a page of this site. Open the page here and try again.',
  },
  404: {
    title: 'There is no page here',
    text: 'The address may have a slip in it, or what was here is gone. Nothing of yours is lost.',
  },
  405: { title: 'That cannot be done here', text: 'This address only shows pages and takes their forms.' },
  408: { title: 'That took too long', text: 'What was sent did not arrive in time. Please try again.' },
  413: {
    title: 'That is too much at once',
    text: 'What was sent is larger than any form here. Go back and shorten it.',
  },
  414: {
    title: 'There is no page here',
    text: 'The address is longer than any of ours. Nothing of yours is lost.',
  },
  415: { title: 'We cannot read that', text: 'This address takes the forms of our own pages only.' },
  431: {
    title: 'That is too much at once',
    text: 'Your browser sent more than we can read. Deleting the cookies of this site usually helps.',
  },
  500: {
    title: 'Something went wrong on our side',
    text: 'Nothing you did caused this. Please try again in a moment.',
  },
}
