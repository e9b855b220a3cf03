import { Migration } from '@mikro-orm/migrations'

export class Migration20261123010000_logins_confirmed_at extends Migration {
  override up(): void {
    this.addSql(`alter table "logins" add column "confirmed_at" timestamptz(6) null;`)
  }

  override down(): void {
    this.addSql(`alter table "logins" drop column "confirmed_at";`)
  }
}
