import { type GraphiQLPlugin, useGraphiQL, useGraphiQLActions } from '@graphiql/react'
import { createContext, useContext } from 'react'
import { type Example, examples, type Seen } from './examples.ts'

export const SeenContext = createContext<Seen>({ sessionId: null, endCursor: null })

const NARROW = '(max-width: 48rem)'

/** A pane of GraphiQL with something for each use. */
export const examplesPlugin: GraphiQLPlugin = {
  title: 'Examples',
  icon: () => (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden>
      <path d="M5 4h14v16H5zM9 9h6M9 13h6M9 17h3" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  ),
  content: ExampleList,
}

function ExampleList() {
  const seen = useContext(SeenContext)
  const { addTab, setOperationName, setVisiblePlugin } = useGraphiQLActions()
  const queryEditor = useGraphiQL(({ queryEditor }) => queryEditor)
  const variableEditor = useGraphiQL(({ variableEditor }) => variableEditor)

  function open({ document, variables }: Example): void {
    const written = queryEditor?.getValue().trim() ?? ''
    const isOwn = written !== '' && !examples.some((example) => example.document === written)
    // What somebody wrote is not written over.
    if (isOwn) addTab()
    queryEditor?.setValue(document)
    variableEditor?.setValue(variables ? JSON.stringify(variables(seen), null, 2) : '')
    // GraphiQL reads it off the document a moment later, and would run the one before until then.
    setOperationName(/^\w+ (\w+)/.exec(document)?.[1] ?? '')
    // There the list covers what it opens.
    if (matchMedia(NARROW).matches) setVisiblePlugin(null)
  }

  return (
    <section aria-label="Examples" className="explorer-examples">
      <h2>Examples</h2>
      <ul>
        {examples.map((example) => (
          <li key={example.title}>
            <button type="button" disabled={!queryEditor || !variableEditor} onClick={() => open(example)}>
              <strong>{example.title}</strong>
              <span>{example.about}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
