/** Which runners share all bots that trade live, and not only those that they were told of. */
export const sql = `
alter table runners add column shares boolean not null default false;
`;
