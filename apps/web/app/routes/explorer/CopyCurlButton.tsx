import { ToolbarButton, useGraphiQL } from '@graphiql/react'
import { useState } from 'react'
import { curlCommand } from '../../features/api-keys/curlCommand.ts'

/** Copies what is in the editors as a command that asks the API itself. */
export function CopyCurlButton({ url }: { url: string }) {
  const queryEditor = useGraphiQL(({ queryEditor }) => queryEditor)
  const variableEditor = useGraphiQL(({ variableEditor }) => variableEditor)
  const operationName = useGraphiQL(({ operationName }) => operationName)
  const [isCopied, setIsCopied] = useState(false)
  const copy = async () => {
    const query = queryEditor?.getValue() ?? ''
    const variables = readJson(variableEditor?.getValue() ?? '')
    await navigator.clipboard.writeText(
      curlCommand({ url, query, variables, operationName: operationName ?? null }),
    )
    setIsCopied(true)
  }
  return (
    <ToolbarButton
      label={isCopied ? 'Copied: put your key into WELLNESS_API_KEY' : 'Copy as curl'}
      onClick={() => void copy()}
      onBlur={() => setIsCopied(false)}
    >
      <span aria-hidden className="explorer-curl">
        {isCopied ? '✓' : 'curl'}
      </span>
    </ToolbarButton>
  )
}

/** Null for no variables, and for what is not whole yet. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}
