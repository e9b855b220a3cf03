import { ToolbarButton, useGraphiQL } from '@graphiql/react'
import { useState } from 'react'
import { curlCommand } from '../../features/api-keys/curlCommand.ts'

const REFUSAL = 'Not copied: the variables are not a JSON object.'

/** Copies what is in the editors as a command that asks the API itself. */
export function CopyCurlButton({ url }: { url: string }) {
  const queryEditor = useGraphiQL(({ queryEditor }) => queryEditor)
  const variableEditor = useGraphiQL(({ variableEditor }) => variableEditor)
  const operationName = useGraphiQL(({ operationName }) => operationName)
  const [outcome, setOutcome] = useState<'copied' | 'refused' | null>(null)
  const copy = async () => {
    const query = queryEditor?.getValue() ?? ''
    const variables = readVariables(variableEditor?.getValue() ?? '')
    if (variables === undefined) return setOutcome('refused')
    await navigator.clipboard.writeText(
      curlCommand({ url, query, variables, operationName: operationName ?? null }),
    )
    setOutcome('copied')
  }
  return (
    <>
      <ToolbarButton
        label={outcome === 'copied' ? 'Copied: put your key into WELLNESS_API_KEY' : 'Copy as curl'}
        onClick={() => void copy()}
        onBlur={() => setOutcome(null)}
      >
        <span aria-hidden className="explorer-curl">
          {outcome === 'copied' ? '✓' : 'curl'}
        </span>
      </ToolbarButton>
      {outcome === 'refused' && (
        <p role="alert" className="explorer-refusal">
          {REFUSAL}
        </p>
      )}
    </>
  )
}

/** Null for no variables; undefined for what is none: a command that left it out would ask for something else. */
function readVariables(text: string): object | null | undefined {
  if (text.trim() === '') return null
  try {
    const value = JSON.parse(text) as unknown
    return typeof value === 'object' && !Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}
