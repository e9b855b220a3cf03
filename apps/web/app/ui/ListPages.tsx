import { ButtonLink } from './ButtonLink.tsx'

/** The ways to the pieces of a long list beside the one that is shown. */
export function ListPages({
  label,
  newer,
  older,
}: {
  label: string
  newer: string | null
  older: string | null
}) {
  if (!newer && !older) return null
  return (
    <nav aria-label={label} className="mt-8 flex flex-wrap justify-between gap-3">
      <span>
        {newer && (
          <ButtonLink to={newer} look="quiet" rel="prev">
            Newer
          </ButtonLink>
        )}
      </span>
      <span>
        {older && (
          <ButtonLink to={older} look="quiet" rel="next">
            Older
          </ButtonLink>
        )}
      </span>
    </nav>
  )
}
