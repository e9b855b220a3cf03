import { Migration } from '@mikro-orm/migrations'

export class Migration20261122180000_foundation extends Migration {
  override up(): void | Promise<void> {
    this.addSql(
      `create table "users" ("id" uuid not null, "name" varchar(255) null, "email" varchar(255) not null, "email_verified" timestamptz(6) null, "image" text null, "password_hash" text null, "created_at" timestamptz(6) not null default now(), "updated_at" timestamptz(6) not null default now(), "auth_epoch" int not null default 0, "disabled_at" timestamptz(6) null, primary key ("id"));`,
    )
    this.addSql(`alter table "users" add constraint "users_email_unique" unique ("email");`)

    this.addSql(
      `create table "session_metadata" ("id" uuid not null, "user_id" uuid not null, "started_at" timestamptz(6) not null default now(), "ended_at" timestamptz(6) null, "duration_seconds" int null, "last_seen_at" timestamptz(6) not null, "outage_beat_at" timestamptz(6) null, "client_session_id" uuid null, "time_zone" text not null, "status" text not null, primary key ("id"));`,
    )
    this.addSql(
      `create index "session_metadata_user_id_started_at_id_index" on "session_metadata" ("user_id", "started_at" desc, "id" desc);`,
    )
    this.addSql(
      `create index "session_metadata_live_last_seen_at_index" on "session_metadata" ("last_seen_at") where "ended_at" is null;`,
    )
    this.addSql(
      `create index "session_metadata_live_started_at_index" on "session_metadata" ("started_at") where "ended_at" is null;`,
    )
    this.addSql(
      `alter table "session_metadata" add constraint "session_metadata_user_id_client_session_id_unique" unique ("user_id", "client_session_id");`,
    )
    this.addSql(
      `create unique index "session_metadata_live_unique" on "session_metadata" ("user_id") where "ended_at" is null;`,
    )
    this.addSql(
      `alter table "session_metadata" add constraint "session_metadata_status_check" check (status in ('RUNNING', 'COMPLETED', 'EXPIRED'));`,
    )
    this.addSql(
      `alter table "session_metadata" add constraint "session_metadata_over_check" check ((status = 'RUNNING') = (ended_at is null) and (ended_at is null) = (duration_seconds is null) and ended_at >= started_at);`,
    )

    this.addSql(
      `create table "security_events" ("id" uuid not null, "user_id" uuid not null, "kind" text not null, "occurred_at" timestamptz(6) not null, "ip_address" text null, "user_agent" text null, primary key ("id"));`,
    )
    this.addSql(`create index "security_events_occurred_at_index" on "security_events" ("occurred_at");`)
    this.addSql(
      `create index "security_events_user_id_occurred_at_id_index" on "security_events" ("user_id", "occurred_at" desc, "id" desc);`,
    )

    this.addSql(
      `create table "one_time_tokens" ("id" uuid not null, "purpose" text not null, "token_hash" bytea not null, "email" varchar(255) not null, "user_id" uuid null, "auth_epoch" int null, "created_at" timestamptz(6) not null, "expires_at" timestamptz(6) not null, "used_at" timestamptz(6) null, primary key ("id"));`,
    )
    this.addSql(
      `alter table "one_time_tokens" add constraint "one_time_tokens_token_hash_unique" unique ("token_hash");`,
    )
    this.addSql(`create index "one_time_tokens_user_id_index" on "one_time_tokens" ("user_id");`)
    this.addSql(`create index "one_time_tokens_expires_at_index" on "one_time_tokens" ("expires_at");`)
    this.addSql(
      `create index "one_time_tokens_purpose_email_index" on "one_time_tokens" ("purpose", "email");`,
    )

    this.addSql(
      `create table "logins" ("id" uuid not null, "user_id" uuid not null, "token_hash" bytea not null, "auth_epoch" int not null, "created_at" timestamptz(6) not null, "last_seen_at" timestamptz(6) not null, "expires_at" timestamptz(6) not null, "ip_address" text null, "user_agent" text null, primary key ("id"));`,
    )
    this.addSql(`create index "logins_user_id_index" on "logins" ("user_id");`)
    this.addSql(`alter table "logins" add constraint "logins_token_hash_unique" unique ("token_hash");`)
    this.addSql(`create index "logins_expires_at_index" on "logins" ("expires_at");`)

    this.addSql(
      `create table "accounts" ("provider" text not null, "provider_account_id" text not null, "user_id" uuid not null, "type" text not null, "refresh_token" text null, "access_token" text null, "expires_at" bigint null, "token_type" text null, "scope" text null, "id_token" text null, "session_state" text null, primary key ("provider", "provider_account_id"));`,
    )
    this.addSql(`create index "accounts_user_id_index" on "accounts" ("user_id");`)

    this.addSql(
      `alter table "session_metadata" add constraint "session_metadata_user_id_foreign" foreign key ("user_id") references "users" ("id") on delete cascade;`,
    )

    this.addSql(
      `alter table "security_events" add constraint "security_events_user_id_foreign" foreign key ("user_id") references "users" ("id") on delete cascade;`,
    )

    this.addSql(
      `alter table "one_time_tokens" add constraint "one_time_tokens_user_id_foreign" foreign key ("user_id") references "users" ("id") on delete cascade;`,
    )

    this.addSql(
      `alter table "logins" add constraint "logins_user_id_foreign" foreign key ("user_id") references "users" ("id") on delete cascade;`,
    )

    this.addSql(
      `alter table "accounts" add constraint "accounts_user_id_foreign" foreign key ("user_id") references "users" ("id") on delete cascade;`,
    )
  }

  override down(): void {
    for (const table of [
      'accounts',
      'logins',
      'one_time_tokens',
      'security_events',
      'session_metadata',
      'users',
    ]) {
      this.addSql(`drop table "${table}";`)
    }
  }
}
