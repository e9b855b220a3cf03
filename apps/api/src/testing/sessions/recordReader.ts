import type { MikroORM } from '@mikro-orm/postgresql'
import { type SessionRecord, type SessionRow, sessionRow } from '../../modules/sessions/sessionRow.ts'

/** The records as PostgreSQL has them, over a connection that nothing happens to. */
export class RecordReader {
  readonly #orm: MikroORM

  constructor(orm: MikroORM) {
    this.#orm = orm
  }

  async read(where = '', parameters: unknown[] = []): Promise<SessionRecord[]> {
    const rows = await this.#orm.em
      .fork()
      .execute<SessionRow[]>(
        `select ${sessionRow.columns('session_metadata')} from session_metadata ${where} order by id`,
        parameters,
      )
    return rows.map((row) => sessionRow.toRecord(row))
  }
}
