/** Waits until something holds that other processes or connections bring about. */
export async function eventually(
  what: string,
  holds: () => boolean | Promise<boolean>,
): Promise<void> {
  for (let attempt = 0; attempt < 5_000; attempt++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error(`It never came about: ${what}`);
}
