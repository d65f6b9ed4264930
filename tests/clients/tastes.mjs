// Interactions with a plain pattern: users and items fall into groups, and users stay with the items of their own group.
export const groupCount = 4;
const usersPerGroup = 30;
export const itemsPerGroup = 15;
const interactionsPerUser = 12;

export function groupOfItem(itemId) {
  return Number(itemId.split('-')[1]);
}

/** CSV text with USER_ID, ITEM_ID, TIMESTAMP, EVENT_TYPE: 1,440 rows, the same on every run. */
export function interactionsCsv() {
  const rows = ['USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE'];
  let state = 42;
  const next = (limit) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * limit);
  };
  let time = 1_700_000_000;
  for (let user = 0; user < groupCount * usersPerGroup; user++) {
    const start = next(itemsPerGroup);
    for (let i = 0; i < interactionsPerUser; i++) {
      const item = (start + i) % itemsPerGroup;
      rows.push(`user-${user},item-${user % groupCount}-${item},${time++},View`);
    }
  }
  return rows.join('\n') + '\n';
}

export const interactionsSchema = JSON.stringify({
  type: 'record',
  name: 'Interactions',
  namespace: 'com.amazonaws.personalize.schema',
  fields: [
    { name: 'USER_ID', type: 'string' },
    { name: 'ITEM_ID', type: 'string' },
    { name: 'TIMESTAMP', type: 'long' },
    { name: 'EVENT_TYPE', type: 'string' },
  ],
  version: '1.0',
});
