import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { ROOT } from "../house/project_files.ts";
import { tasks } from "../house/tasks.ts";
import { inTempFolder } from "../support/temp_folder.ts";
import { runProcess } from "../support/limited_process.ts";

function hasJupyterLab(): boolean {
  const folders = (Deno.env.get("PATH") ?? "").split(":");
  return folders.some((folder) => existsSync(`${folder}/jupyter-lab`));
}

Deno.test({
  name: "notebook installs the kernel and, without JupyterLab, says in two lines how to get it",
  // Elsewhere the kernel goes where no variable points; and where there is JupyterLab, it would open.
  ignore: Deno.build.os !== "linux" || hasJupyterLab(),
  async fn() {
    await inTempFolder(async (folder) => {
      const [, ...flags] = tasks().notebook.split(" ");
      const { code, out, err } = await runProcess("deno", {
        args: flags,
        cwd: ROOT,
        env: { XDG_DATA_HOME: folder, NO_COLOR: "1" },
      });
      assert.equal(err, "Deno's kernel is installed\n");
      const [first, second, ...more] = out.trimEnd().split("\n");
      assert.match(first, /^There is no JupyterLab .* then deno task notebook again\.$/);
      assert.match(second, /^Or in VS Code: .* notebooks\/01_first_backtest\.ipynb .* "Deno"\.$/);
      assert.deepEqual(more, []);
      assert.equal(code, 0);
      const kernel = JSON.parse(
        await Deno.readTextFile(`${folder}/jupyter/kernels/deno/kernel.json`),
      );
      assert.deepEqual(kernel.argv.slice(1), [
        "jupyter",
        "--kernel",
        "--conn",
        "{connection_file}",
      ]);
    });
  },
});
