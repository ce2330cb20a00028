/** Waits until something holds that other processes or connections bring about; looks so often at most. */
export async function eventually(
  what: string,
  holds: () => boolean | Promise<boolean>,
  attempts = 5_000,
): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error(`It never came about: ${what}`);
}
