import type { TestApi } from './createTestApi.ts'

/** The mails to an address, after all that is due was sent; oldest first. */
export async function mailsTo(api: TestApi, email: string) {
  await api.worker.runDueJobs()
  return api.mailbox.messages().filter(({ to }) => to.includes(email))
}

/** The token in the newest mail to an address that has a link to this page; empty when there is none. */
export async function mailedToken(api: TestApi, email: string, page: string): Promise<string> {
  const links = (await mailsTo(api, email)).flatMap((mail) => mail.links.map((link) => new URL(link)))
  return links.findLast(({ pathname }) => pathname === page)?.searchParams.get('token') ?? ''
}
