/** The first of a list that has one. */
export function first<Item>(items: readonly Item[]): Item {
  const [item] = items;
  if (item === undefined) throw new Error('There is none.');
  return item;
}

/** The last of a list that has one. */
export function last<Item>(items: readonly Item[]): Item {
  return first(items.slice(-1));
}
