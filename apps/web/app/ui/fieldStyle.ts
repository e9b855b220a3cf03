/** The box that is typed into. */
export const fieldStyle =
  'block min-h-12 w-full rounded-xl border border-line bg-page px-4 py-2 text-ink aria-invalid:border-2 aria-invalid:border-error'
