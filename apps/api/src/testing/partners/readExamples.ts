export interface Example {
  /** What is written behind the fence: the language, and after it words for the test. */
  language: string
  words: string[]
  text: string
  line: number
}

/** The fenced blocks of a page, in their order. */
export function readExamples(markdown: string): Example[] {
  return [...markdown.matchAll(/^```(\w+)([^\n]*)\n(.*?)^```$/gms)].map(
    ({ 1: language = '', 2: words = '', 3: text = '', index }) => ({
      language,
      words: words.trim().split(/\s+/).filter(Boolean),
      text,
      line: markdown.slice(0, index).split('\n').length,
    }),
  )
}
