import type { BrowserContextOptions, Page } from 'playwright-core'
import {
  EndSessionDocument,
  LiveSessionDocument,
  StartSessionDocument,
} from '@wellness/api-client/operations'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { useHarness } from './harness.ts'

const harness = useHarness()

/** Polling ends as soon as it is so. */
const SOON = { timeout: 10_000, interval: 50 }

beforeAll(async () => {
  const { api } = await harness.sharedPerson()
  await api.request(StartSessionDocument, { input: {} })
})

afterAll(async () => {
  const { api } = await harness.sharedPerson()
  const id = (await api.request(LiveSessionDocument)).me?.liveSession?.id ?? ''
  await api.request(EndSessionDocument, { input: { id } })
})

async function openSession(options: BrowserContextOptions = {}): Promise<Page> {
  const page = await harness.newPageOf(await harness.sharedPerson(), options)
  await page.goto('/session')
  await page.getByRole('timer').waitFor()
  return page
}

test('the circle follows the clock; with reduced motion it keeps its size and only its light changes', async () => {
  const page = await openSession()
  const readHalo = (of: Page) =>
    of
      .locator('.halo')
      .first()
      .evaluate((halo) => {
        const { transform, opacity } = getComputedStyle(halo)
        return { transform, opacity }
      })
  const moving = await readHalo(page)
  await expect.poll(async () => (await readHalo(page)).transform, SOON).not.toBe(moving.transform)

  const still = await openSession({ reducedMotion: 'reduce' })
  const first = await readHalo(still)
  await expect.poll(async () => (await readHalo(still)).opacity, SOON).not.toBe(first.opacity)
  expect((await readHalo(still)).transform).toBe(first.transform)
})

test('the words for each phase are in the page, and nothing is announced with each breath or second', async () => {
  const page = await openSession()
  const words = await page.locator('main').innerText()
  for (const text of ['Breathe in', 'Breathe out', 'Breathe in for 4 seconds, then out for 6.']) {
    expect(words).toContain(text)
  }
  expect(await page.getByRole('timer').getAttribute('aria-live')).toBe('off')
  expect(await page.locator('[role=timer] [aria-live=polite], .rings [aria-live]').count()).toBe(0)
})

test.each([
  [1366, 625],
  [375, 553],
  [844, 390],
  [320, 480],
  [1920, 1080],
])(
  'at %i × %i the circle is a circle, nothing lies over anything else, and the way out is in sight',
  async (width, height) => {
    const page = await openSession({ viewport: { width, height } })
    const boxOf = async (selector: string) => {
      const box = await page.locator(selector).boundingBox()
      return box ?? { x: 0, y: 0, width: 0, height: 0 }
    }
    const circle = await boxOf('.rings')
    expect(circle.width).toBeCloseTo(circle.height, 0)
    expect(circle.width).toBeGreaterThan(140)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)

    const parts = [circle, await boxOf('header'), await boxOf('[role=timer]'), await boxOf('main form')]
    for (const [index, one] of parts.entries()) {
      for (const other of parts.slice(index + 1)) {
        const isApart =
          one.x + one.width <= other.x ||
          other.x + other.width <= one.x ||
          one.y + one.height <= other.y ||
          other.y + other.height <= one.y
        expect(isApart, JSON.stringify([one, other])).toBe(true)
      }
    }
    // On the smallest screen the time stands at its lower edge, and shows that there is more below.
    const [, , timer, end] = parts
    const last = height < 500 && width < 500 ? timer : end
    expect((last?.y ?? Infinity) + (last?.height ?? 0)).toBeLessThanOrEqual(height)
  },
)

test('where people choose all colours themselves the circle is drawn in lines', async () => {
  const page = await openSession({ forcedColors: 'active' })
  const lines = await page.locator('.halo').evaluateAll((halos) =>
    halos.map((halo) => {
      const { borderTopWidth, borderTopColor } = getComputedStyle(halo)
      return { borderTopWidth, isSeen: borderTopColor !== getComputedStyle(document.body).backgroundColor }
    }),
  )
  expect(lines).toEqual(Array.from({ length: 3 }, () => ({ borderTopWidth: '2px', isSeen: true })))
})

/** One word over the other can be read by nobody. */
test('the next word comes when the last one is gone', async () => {
  const page = await openSession()
  const seen = await page.evaluate(async () => {
    const [breatheIn, breatheOut] = [...document.querySelectorAll('.rings .words > *')]
    const opacityOf = (word: Element | undefined) => (word ? Number(getComputedStyle(word).opacity) : NaN)
    const phase = () => document.querySelector<HTMLElement>('.rings')?.dataset['phase']
    const [before, samples] = [phase(), [] as number[]]
    for (let since = Infinity; performance.now() - since < 600 || since === Infinity;) {
      await new Promise(requestAnimationFrame)
      if (since === Infinity && phase() !== before) since = performance.now()
      if (since !== Infinity) samples.push(Math.min(opacityOf(breatheIn), opacityOf(breatheOut)))
    }
    return { worst: Math.max(...samples), count: samples.length }
  })
  expect(seen.count).toBeGreaterThan(10)
  expect(seen.worst).toBeLessThan(0.05)
})

test('so it does where an animation has to do without scripts', async () => {
  const page = await openSession({ javaScriptEnabled: false })
  const worst = await page.evaluate(() => {
    const animations = document.getAnimations()
    const words = [...document.querySelectorAll('.rings .words > *')]
    for (const animation of animations) animation.pause()
    const samples = Array.from({ length: 201 }, (_, index) => {
      for (const animation of animations) animation.currentTime = index * 50
      return words.map((word) => Number(getComputedStyle(word).opacity))
    })
    const best = samples.map((opacities) => Math.max(...opacities))
    return {
      atOnce: Math.max(...samples.map((opacities) => Math.min(...opacities))),
      seen: best.filter((n) => n === 1).length,
    }
  })
  expect(worst.atOnce).toBe(0)
  expect(worst.seen).toBeGreaterThan(150)
})
