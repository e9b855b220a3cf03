const item = 'inline-flex min-h-11 items-center rounded-lg px-2 text-link underline underline-offset-4'

/** What every page owes its reader. */
export function SiteFooter() {
  return (
    <footer className="border-t border-hair text-[0.875rem] text-muted">
      <div className="mx-auto flex w-full max-w-5xl flex-wrap items-center justify-between gap-x-6 px-4 py-3 sm:px-8">
        <p className="max-w-md py-2">
          For everyday wellbeing; it isn’t medical care. Nothing on this page is loaded from any other site.
        </p>
        <nav aria-label="About this site" className="-mx-2 flex flex-wrap">
          <a href="/partners" className={item}>
            For developers
          </a>
          <a href="/explorer" className={item}>
            API explorer
          </a>
          <a href="/privacy" className={item}>
            Privacy
          </a>
          <a href="/terms" className={item}>
            Terms
          </a>
        </nav>
      </div>
    </footer>
  )
}
