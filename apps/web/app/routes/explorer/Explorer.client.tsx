import 'graphiql/setup-workers/vite'
import 'graphiql/style.css'
import './explorer.css'
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql'
import { useState } from 'react'
import { tabMemory } from '../../root/tabMemory.ts'
import { CopyCurlButton } from './CopyCurlButton.tsx'
import { CredentialBar } from './CredentialBar.tsx'
import { EditorManners } from './EditorManners.tsx'
import { type Seen } from './examples.ts'
import { examplesPlugin, SeenContext } from './examplesPlugin.tsx'
import { LastRun } from './LastRun.tsx'
import { type Run, runInApi } from './runInApi.ts'
import { see } from './see.ts'

const PLUGINS = [examplesPlugin, HISTORY_PLUGIN]

/** GraphiQL over the API, as whoever is signed in or by a key. What is written here stays in this tab. */
export default function Explorer({
  userId,
  email,
  apiUrl,
}: {
  userId: string | null
  email: string | null
  apiUrl: string
}) {
  // Before GraphiQL reads it.
  useState(() => tabMemory.keepFor(userId))
  const [key, setKey] = useState<string | null>(null)
  const [seen, setSeen] = useState<Seen>({ sessionId: null, endCursor: null })
  const [lastRun, setLastRun] = useState<Run | null>(null)
  return (
    <SeenContext.Provider value={seen}>
      <div className="explorer">
        <CredentialBar email={email} hasKey={key !== null} onKey={setKey} />
        <GraphiQL
          // Another credential is another world: its schema and its answers are asked for anew.
          key={key}
          fetcher={async (asked) => {
            const run = await runInApi(asked, { key, userId })
            if (asked.operationName !== 'IntrospectionQuery') {
              setSeen((before) => see(before, run.answer))
              setLastRun(run)
            }
            return run.answer
          }}
          plugins={PLUGINS}
          storage={sessionStorage}
          visiblePlugin={examplesPlugin}
          defaultQuery=""
          defaultEditorToolsVisibility="variables"
          isHeadersEditorEnabled={false}
          shouldPersistHeaders={false}
          showPersistHeadersSettings={false}
          forcedTheme="system"
        >
          <GraphiQL.Logo>
            <span className="sr-only">GraphiQL</span>
          </GraphiQL.Logo>
          <GraphiQL.Toolbar>
            {({ prettify, copy }) => (
              <>
                {prettify}
                {copy}
                <CopyCurlButton url={`${apiUrl}/graphql`} />
                <EditorManners />
              </>
            )}
          </GraphiQL.Toolbar>
          <GraphiQL.Footer>
            <LastRun run={lastRun} />
          </GraphiQL.Footer>
        </GraphiQL>
      </div>
    </SeenContext.Provider>
  )
}
