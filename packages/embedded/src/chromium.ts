import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { chromium } from 'playwright-core'
import { findExecutable } from './findExecutable.ts'
import { installDebianPackage } from './installDebianPackage.ts'

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome']

/** The path of a Chromium for tests; installs one where it may. */
export async function findChromium(): Promise<string> {
  const own = chromium.executablePath()
  const found = findExecutable(BROWSERS) ?? (existsSync(own) ? own : null)
  if (found !== null) return found
  if (!(await installDebianPackage('chromium'))) await installWithPlaywright()
  const installed = findExecutable(BROWSERS) ?? (existsSync(own) ? own : null)
  if (installed !== null) return installed
  throw new Error(
    'No Chromium here: install one (Debian: apt-get install chromium), or run npx playwright-core install chromium',
  )
}

async function installWithPlaywright(): Promise<void> {
  const cli = join(dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')), 'cli.js')
  try {
    await promisify(execFile)(process.execPath, [cli, 'install', 'chromium'])
  } catch {
    return
  }
}
