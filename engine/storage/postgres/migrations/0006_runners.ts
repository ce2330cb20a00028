/** Runners share the bots: each has those that it claimed, for as long as it says that it is alive. */
export const sql = `
create table runners (
  id text primary key check (id <> ''),
  -- By the database's clock; one that says nothing until then may lose its bots to others.
  until timestamptz not null check (isfinite(until)),
  started_at timestamptz not null default now()
);
-- One row is renewed, however many bots a runner has.
alter table bots drop column lease_until;
`;
