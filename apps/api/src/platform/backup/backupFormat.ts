import { z } from 'zod'

const HEADER = '-- wellness back-up '

const header = z.object({
  madeAt: z.iso.datetime(),
  /** What the tables looked like. */
  migrations: z.array(z.string()),
})

export type BackupHeader = z.output<typeof header>

/** The lines of a back-up that are no rows, in the form of SQL, so that a person can read them. */
export const backupFormat = {
  END_OF_ROWS: '\\.',
  /** The last line, without which a part is missing. */
  END: '-- end of the back-up',
  TABLE: /^COPY ((?:public|graphile_worker)\.\w+ \([\w, ]+\)) FROM stdin;$/,

  header: (about: BackupHeader): string => `${HEADER}${JSON.stringify(about)}\n`,

  /** Null for anything that is not the first line of a back-up. */
  parseHeader(line: string): BackupHeader | null {
    if (!line.startsWith(HEADER)) return null
    try {
      return header.parse(JSON.parse(line.slice(HEADER.length)))
    } catch {
      return null
    }
  },
}
