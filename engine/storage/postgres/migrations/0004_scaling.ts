/** Signals may add to a position or reduce it; parts of it may be closed at targets. */
export const sql = `
alter table signals
  drop constraint signals_action_check,
  add constraint signals_action_check check (action in
    ('enterLong', 'exitLong', 'enterShort', 'exitShort', 'reverseToLong', 'reverseToShort',
     'addLong', 'addShort', 'reduceLong', 'reduceShort'));
alter table trades
  drop constraint trades_reason_check,
  add constraint trades_reason_check check (reason in
    ('signal', 'reversal', 'stopLoss', 'takeProfit', 'ruin', 'trailingStop', 'breakEven',
     'timeStop', 'maxDrawdown', 'dailyLoss', 'firstTarget', 'secondTarget', 'reduction'));
`;
