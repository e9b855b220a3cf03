import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/** What is wrong with the page as it stands: axe, its width, small targets, and the way to help. Nothing when all is well. */
export async function findFaults(page: Page): Promise<string[]> {
  // Legacy mode opens no second tab to add up the results of frames; there are none.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  const faults = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
  const { scrollWidth, innerWidth, small } = await page.evaluate(() => {
    const targets = [...document.querySelectorAll<HTMLElement>('a, button, input:not([type=hidden])')]
    return {
      scrollWidth: document.documentElement.scrollWidth,
      innerWidth: window.innerWidth,
      // Links within a sentence may be as high as its line.
      small: targets
        .filter(
          (target) =>
            !(target.matches('p a, p button, li a') && getComputedStyle(target).display === 'inline'),
        )
        .filter((target) => target.checkVisibility({ visibilityProperty: true }))
        .filter((target) => Math.min(target.offsetHeight, target.offsetWidth) < 24)
        .map((target) => target.outerHTML),
    }
  })
  if (scrollWidth > innerWidth) faults.push(`scrolls sideways: ${scrollWidth} > ${innerWidth}`)
  faults.push(...small.map((html) => `smaller than 24 px: ${html}`))
  if ((await page.locator('h1').count()) !== 1) faults.push('not exactly one h1')
  if ((await page.getByRole('link', { name: 'Need support now?' }).count()) !== 1)
    faults.push('no way to help')
  return faults
}
