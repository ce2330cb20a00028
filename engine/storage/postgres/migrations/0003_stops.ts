/** Trades may be closed by more kinds of stop, and by a protection of the account. */
export const sql = `
alter table trades
  drop constraint trades_reason_check,
  add constraint trades_reason_check check (reason in
    ('signal', 'reversal', 'stopLoss', 'takeProfit', 'ruin', 'trailingStop', 'breakEven',
     'timeStop', 'maxDrawdown', 'dailyLoss'));
`;
