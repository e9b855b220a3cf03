import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { claimDataDir } from './claimDataDir.ts'
import { findStartTime } from './findStartTime.ts'

let folder: string
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'wellness-claim-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** As a process leaves the claim that it held when it was killed. */
function abandon(children: { pid: number; startTime: string | null }[]): void {
  writeFileSync(
    join(folder, 'running.json'),
    JSON.stringify({ owner: { pid: 2 ** 22 + 1, startTime: '1' }, children }),
  )
}

test('a folder that a living process has is not given to another', async () => {
  const claim = await claimDataDir(folder)
  expect(await claimDataDir(folder)).toBeNull()
  claim?.release()
  expect(await claimDataDir(folder)).not.toBeNull()
})

test('what the last owner left running is ended before the folder is given', async () => {
  const orphan = spawn('sleep', ['600'])
  const pid = orphan.pid ?? 0
  abandon([{ pid, startTime: findStartTime(pid) }])
  await claimDataDir(folder)
  expect(findStartTime(pid)).toBeNull()
})

test('a stranger that was given the pid of an old child is left alone', async () => {
  const stranger = spawn('sleep', ['600'])
  const pid = stranger.pid ?? 0
  abandon([{ pid, startTime: '1' }])
  await claimDataDir(folder)
  expect(findStartTime(pid)).not.toBeNull()
  stranger.kill()
})

test('an owner whose pid a stranger has now is no longer the owner', async () => {
  writeFileSync(
    join(folder, 'running.json'),
    JSON.stringify({ owner: { pid: process.pid, startTime: '1' }, children: [] }),
  )
  expect(await claimDataDir(folder)).not.toBeNull()
  expect(readFileSync(join(folder, 'running.json'), 'utf8')).toContain(`"pid":${process.pid}`)
})
