/** Our mark: three rings, as the breathing circle has. */
export function Logo() {
  return (
    <svg width="28" height="28" viewBox="0 0 32 32" className="size-7 shrink-0" aria-hidden="true">
      <circle cx="16" cy="16" r="15" fill="#F8C8DC" />
      <circle cx="16" cy="16" r="10" fill="#EB8FB8" />
      <circle cx="16" cy="16" r="5.5" fill="#D63384" />
    </svg>
  )
}
