import { Migration } from '@mikro-orm/migrations'

export class Migration20261123040234_api_keys extends Migration {
  override up(): void | Promise<void> {
    this.addSql(
      `create table "api_keys" ("id" uuid not null, "user_id" uuid not null, "name" text not null, "hint" text not null, "secret_hash" bytea not null, "scopes" text[] not null, "created_at" timestamptz(6) not null, "expires_at" timestamptz(6) null, "last_used_at" timestamptz(6) null, primary key ("id"));`,
    )
    this.addSql(`create index "api_keys_user_id_index" on "api_keys" ("user_id");`)
    this.addSql(`alter table "api_keys" add constraint "api_keys_secret_hash_unique" unique ("secret_hash");`)
    this.addSql(`create index "api_keys_expires_at_index" on "api_keys" ("expires_at");`)

    this.addSql(
      `alter table "api_keys" add constraint "api_keys_user_id_foreign" foreign key ("user_id") references "users" ("id") on delete cascade;`,
    )
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "api_keys" cascade;`)
  }
}
