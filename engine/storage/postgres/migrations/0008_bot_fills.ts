/** What bots did, fill by fill, and what they were refused: as a backtest tells it. */
export const sql = `
create table fills (
  bot_id text not null references bots (id) on delete cascade,
  -- Counts the bot's fills from 1.
  number integer not null check (number > 0),
  time timestamptz not null,
  side text not null check (side in ('buy', 'sell')),
  price double precision not null check (price >= 0 and price < 'Infinity'),
  amount double precision not null check (amount > 0 and amount < 'Infinity'),
  fee double precision not null check (fee > '-Infinity' and fee < 'Infinity'),
  slippage double precision not null check (slippage >= 0 and slippage < 'Infinity'),
  reason text not null check (reason in
    ('entry', 'rebalance', 'signal', 'reversal', 'stopLoss', 'takeProfit', 'ruin', 'trailingStop',
     'breakEven', 'timeStop', 'maxDrawdown', 'dailyLoss', 'firstTarget', 'secondTarget',
     'reduction', 'liquidation')),
  role text not null check (role in ('maker', 'taker')),
  funding double precision not null check (funding > '-Infinity' and funding < 'Infinity'),
  position double precision not null check (position > '-Infinity' and position < 'Infinity'),
  cash double precision not null check (cash > '-Infinity' and cash < 'Infinity'),
  primary key (bot_id, number)
);
create table refusals (
  bot_id text not null references bots (id) on delete cascade,
  -- Counts the bot's refusals from 1.
  number integer not null check (number > 0),
  time timestamptz not null,
  side text not null check (side in ('long', 'short')),
  price double precision not null check (price >= 0 and price < 'Infinity'),
  reason text not null check (reason in
    ('cash', 'minNotional', 'positions', 'exposure', 'unknown', 'protection', 'expired', 'lot')),
  primary key (bot_id, number)
);
`;
