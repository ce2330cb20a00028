/** Which candles of other markets bots decided without: that is part of what they decided. */
export const sql = `
create table missing_candles (
  bot_id text not null references bots (id) on delete cascade,
  time timestamptz not null,
  symbol text not null check (symbol <> ''),
  primary key (bot_id, time, symbol)
);
`;
