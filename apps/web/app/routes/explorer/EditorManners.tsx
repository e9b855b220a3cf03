import { type MonacoEditor, useGraphiQL } from '@graphiql/react'
import { useEffect } from 'react'

/** One switch for all editors of the page, and it only toggles. */
let tabLeadsOn = false

/** Has the Tab key lead on through the page, where editors of code keep it for themselves; and says what each editor is. */
export function EditorManners() {
  const queryEditor = useGraphiQL(({ queryEditor }) => queryEditor)
  const variableEditor = useGraphiQL(({ variableEditor }) => variableEditor)
  const responseEditor = useGraphiQL(({ responseEditor }) => responseEditor)
  useEffect(() => {
    queryEditor?.updateOptions({ ariaLabel: 'Operation' })
    variableEditor?.updateOptions({ ariaLabel: 'Variables' })
    responseEditor?.updateOptions({ ariaLabel: 'Answer' })
    nameBox(queryEditor, 'Operation')
    nameBox(variableEditor, 'Variables')
    if (queryEditor && !tabLeadsOn) {
      queryEditor.trigger('explorer', 'editor.action.toggleTabFocusMode', null)
      tabLeadsOn = true
    }
  }, [queryEditor, variableEditor, responseEditor])
  return null
}

/** Tab stops at the box around an editor, and Enter leads in: by itself the box says neither. */
function nameBox(editor: MonacoEditor | undefined, name: string): void {
  const box = editor?.getContainerDomNode()
  box?.setAttribute('role', 'group')
  box?.setAttribute('aria-label', `${name}: press Enter to write`)
}
