export type ButtonLook = 'primary' | 'quiet' | 'danger' | 'plain'

const base =
  'inline-flex min-h-11 items-center justify-center rounded-full border px-6 py-2 text-center font-semibold leading-tight transition-colors motion-reduce:transition-none aria-disabled:opacity-70'

const looks: Record<ButtonLook, string> = {
  primary: 'border-transparent bg-action text-action-ink hover:bg-action-hover active:bg-action-active',
  danger: 'border-error bg-transparent text-error hover:bg-tint',
  quiet: 'border-line bg-transparent text-ink hover:bg-tint',
  plain: 'border-transparent bg-transparent px-3! text-link text-[0.875rem] hover:bg-tint',
}

/** Buttons, and links that look like them. */
export function buttonStyle(look: ButtonLook): string {
  return `${base} ${looks[look]}`
}
