import { Marked, type Parser, type Token, type Tokens } from 'marked'
import { labelExample } from './labelExample.ts'
import type { PageBlock, PartnerPage } from './partnerPage.ts'
import { resolveLink } from './resolveLink.ts'

/**
 * Makes a page of Markdown. What comes out is made of the few elements that are written here: HTML in the text, and whatever
 * else could bring in something foreign, ends the build.
 *
 * @param file where it was read, from the repository's root; links start from there.
 */
export function renderPage(markdown: string, file: string): PartnerPage {
  const refuse = (what: string): never => {
    throw new Error(`${file} has ${what}`)
  }
  const ids = new Set<string>()
  const marked = new Marked({
    renderer: {
      html: ({ raw }) => refuse(`HTML: ${raw}`),
      image: ({ raw }) => refuse(`an image: ${raw}`),
      code: ({ raw }) => refuse(`code within something else: ${raw}`),
      link({ href, tokens }) {
        const to = escape(resolveLink(href, file))
        const download = /\.\w+$/.test(to) && to.startsWith('/') ? ' download' : ''
        return `<a href="${to}"${download}>${this.parser.parseInline(tokens)}</a>`
      },
      heading({ depth, tokens, text }) {
        if (depth < 2 || depth > 3) refuse(`a heading of depth ${depth}: ${text}`)
        const id = newId(text, ids)
        return `<h${depth} id="${id}"><a href="#${id}">${this.parser.parseInline(tokens)}</a></h${depth}>`
      },
      table({ header, rows }) {
        // The roles are named, for on a narrow screen each row is shown as a list, and browsers then forget them.
        const head = header.map(
          (one) => `<th role="columnheader" scope="col">${inline(this.parser, one)}</th>`,
        )
        const cell = (one: Tokens.TableCell, column: number) =>
          `<td role="cell" data-column="${escape(header[column]?.text ?? '')}">${inline(this.parser, one)}</td>`
        const body = rows.map((row) => `<tr role="row">${row.map(cell).join('')}</tr>`).join('')
        const label = escape(`Table: ${header.map(({ text }) => text).join(', ')}`)
        const kind = header.length > 2 ? 'wide long' : 'wide'
        return `<div class="${kind}" tabindex="0" role="group" aria-label="${label}"><table role="table"><thead role="rowgroup"><tr role="row">${head.join('')}</tr></thead><tbody role="rowgroup">${body}</tbody></table></div>`
      },
    },
  })

  const [first, ...rest] = marked.lexer(markdown)
  if (first?.type !== 'heading' || first.depth !== 1) return refuse('no title as its first line')
  const blocks: PageBlock[] = []
  let run: Token[] = []
  const close = () => {
    const html = marked.parser(run)
    if (html !== '') blocks.push({ kind: 'markup', html })
    run = []
  }
  for (const token of rest) {
    if (token.type === 'code') {
      close()
      const { lang = '', text } = token as Tokens.Code
      blocks.push({ kind: 'code', label: labelExample(lang), code: text })
    } else run.push(token)
  }
  close()
  return { title: first.text as string, blocks }
}

function inline(parser: Parser, { tokens }: Tokens.TableCell): string {
  return parser.parseInline(tokens)
}

/** As repositories make it, so that a link to a part of a page holds in both places. */
function newId(text: string, ids: Set<string>): string {
  const slug = text
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, '')
    .replaceAll(' ', '-')
  let id = slug
  for (let count = 1; ids.has(id); count += 1) id = `${slug}-${count}`
  ids.add(id)
  return id
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function escape(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => ESCAPES[character] ?? '')
}
