import Bowser from 'bowser'

/** What the browser calls itself may be any text: only a browser that is known by name is named in pages and mails. */
const BROWSERS = new Set(Object.values(Bowser.BROWSER_MAP))
const SYSTEMS = new Set(Object.values(Bowser.OS_MAP))

/** Browser and system as a person names them, e.g. "Firefox on Windows"; null when neither is known. */
export function deviceName(userAgent: string | null): string | null {
  if (!userAgent) return null
  const { browser, os, platform } = Bowser.parse(userAgent)
  const program = browser.name !== undefined && BROWSERS.has(browser.name) ? browser.name : null
  const handheld = platform.model === 'iPhone' || platform.model === 'iPad' ? platform.model : null
  const system = handheld ?? (os.name !== undefined && SYSTEMS.has(os.name) ? os.name : null)
  return program && system ? `${program} on ${system}` : (program ?? system)
}
