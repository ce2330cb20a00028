/** The first tables. Times are UTC; prices and amounts are doubles, as they are computed with. */
export const sql = `
create table market_data (
  exchange text not null,
  symbol text not null,
  timeframe text not null,
  -- Close time of the candle.
  timestamp timestamptz not null,
  -- 0 is the candle as bots decided on it; corrections count up.
  revision integer not null check (revision >= 0),
  -- NaN is above every number for PostgreSQL, so the upper bounds keep it out as well.
  open double precision not null check (open > 0 and open < 'Infinity'),
  high double precision not null check (high > 0 and high < 'Infinity'),
  low double precision not null check (low > 0 and low < 'Infinity'),
  close double precision not null check (close > 0 and close < 'Infinity'),
  volume double precision not null check (volume >= 0 and volume < 'Infinity'),
  -- Null where the source does not say.
  trades integer check (trades >= 0),
  kind text not null check (kind in ('traded', 'empty', 'backfilled')),
  primary key (exchange, symbol, timeframe, timestamp, revision),
  constraint market_data_order
    check (high >= greatest(open, close, low) and low <= least(open, close))
);

create table raw_trades (
  exchange text not null,
  symbol text not null,
  data_type text not null,
  timestamp timestamptz not null,
  id text not null check (id <> ''),
  price double precision not null check (price > 0 and price < 'Infinity'),
  amount double precision not null check (amount > 0 and amount < 'Infinity'),
  side text not null check (side in ('buy', 'sell')),
  primary key (exchange, symbol, data_type, timestamp, id)
) partition by range (timestamp);

create table bots (
  id text primary key check (id <> ''),
  config jsonb not null,
  run jsonb not null,
  status text not null default 'stopped'
    check (status in ('running', 'stopped', 'finished', 'crashed', 'quarantined')),
  reason text not null default '',
  heartbeat timestamptz,
  cursor timestamptz,
  lease_owner text,
  epoch integer not null default 0,
  lease_until timestamptz,
  restarts jsonb not null default '[]',
  snapshot bytea,
  created_at timestamptz not null default now()
-- A bot's row is rewritten with every candle: leave room beside it, and do not compress its state.
) with (fillfactor = 50, toast.autovacuum_vacuum_scale_factor = 0,
  toast.autovacuum_vacuum_threshold = 5000);
alter table bots alter column snapshot set storage external;

create table signals (
  bot_id text not null references bots (id) on delete cascade,
  time timestamptz not null,
  action text not null check (action in
    ('enterLong', 'exitLong', 'enterShort', 'exitShort', 'reverseToLong', 'reverseToShort')),
  confidence double precision not null check (confidence between 0 and 1),
  price double precision not null check (price > 0 and price < 'Infinity'),
  -- Numbers that JSON has no way to write are there as text: "NaN".
  values jsonb not null,
  decided_at timestamptz not null default now(),
  primary key (bot_id, time, action)
);

create table trades (
  bot_id text not null references bots (id) on delete cascade,
  -- Counts the bot's trades from 1.
  number integer not null check (number > 0),
  side text not null check (side in ('long', 'short')),
  entry_time timestamptz not null,
  entry_price double precision not null check (entry_price > 0 and entry_price < 'Infinity'),
  exit_time timestamptz not null,
  exit_price double precision not null check (exit_price > 0 and exit_price < 'Infinity'),
  amount double precision not null check (amount > 0 and amount < 'Infinity'),
  fees double precision not null check (fees > '-Infinity' and fees < 'Infinity'),
  slippage double precision not null check (slippage > '-Infinity' and slippage < 'Infinity'),
  pnl double precision not null check (pnl > '-Infinity' and pnl < 'Infinity'),
  return double precision not null check (return > '-Infinity' and return < 'Infinity'),
  reason text not null
    check (reason in ('signal', 'reversal', 'stopLoss', 'takeProfit', 'ruin')),
  primary key (bot_id, number),
  constraint trades_order check (exit_time >= entry_time)
);

create table bot_performance (
  bot_id text not null references bots (id) on delete cascade,
  time timestamptz not null,
  equity double precision not null check (equity > '-Infinity' and equity < 'Infinity'),
  cash double precision not null check (cash > '-Infinity' and cash < 'Infinity'),
  position double precision not null check (position > '-Infinity' and position < 'Infinity'),
  drawdown double precision not null check (drawdown <= 0 and drawdown > '-Infinity'),
  primary key (bot_id, time)
) partition by range (time);
`;
