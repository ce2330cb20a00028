/** Uses what has to be closed afterwards. What went wrong first is what is thrown. */
export async function closing<T>(
  { close }: { close(): Promise<void> },
  use: () => Promise<T>,
): Promise<T> {
  let result: T;
  try {
    result = await use();
  } catch (error) {
    await close().catch(() => {});
    throw error;
  }
  await close();
  return result;
}
