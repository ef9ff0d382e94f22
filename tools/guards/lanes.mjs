/** Works through the items, so many at a time; gives the results in the items' order. */
export async function inLanes(count, items, work) {
  const results = [];
  const queue = items.entries();
  const lane = async (_, number) => {
    for (const [index, item] of queue) results[index] = await work(item, number);
  };
  await Promise.all(Array.from({ length: count }, lane));
  return results;
}
