/** A page for partners, as the build makes it of its Markdown. */
export interface PartnerPage {
  title: string
  blocks: PageBlock[]
}

/** Markup that needs nothing but to be shown, or a block of code, which can be copied and scrolls on its own. */
export type PageBlock = { kind: 'markup'; html: string } | { kind: 'code'; label: string; code: string }
