/** Runs the work while no other tab runs work of that name; at once where the browser gives no locks. */
export async function alone<T>(name: string, work: () => Promise<T>): Promise<T> {
  let begun = false;
  const begin = () => {
    begun = true;
    return work();
  };
  const { locks } = navigator;
  if (!locks) return work();
  return locks.request(name, begin).catch((error: unknown) => {
    if (begun) throw error;
    return work();
  });
}
