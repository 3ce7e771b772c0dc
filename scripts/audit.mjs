// `npm run audit`: asks whether a dependency is known to be unsafe. cargo-deny or cargo-audit and the
// registries' databases answer that; where one cannot be had, a line says so and the others go on.

import { environment, root } from "./lib/places.mjs";
import { capture, Failure, main, run, say, which } from "./lib/proc.mjs";

/** @returns {Promise<boolean>} whether all that could be asked found nothing */
export async function audit() {
  const rust = await auditRust();
  return auditNpm() && rust;
}

async function auditRust() {
  const env = environment();
  const programs = [
    { name: "cargo-deny", fetch: ["deny", "fetch"], check: ["deny", "--offline", "check"] },
    { name: "cargo-audit", fetch: ["audit", "--quiet"], check: ["audit", "--no-fetch"] },
  ];
  const program = programs.find(({ name }) => which(name, env) !== null);
  if (program === undefined) {
    say("skipped: Rust's advisories (`cargo install cargo-deny` brings the program)");
    return true;
  }
  const { name, fetch, check } = program;
  // With its database, `cargo audit` answers at once; without, both fail before they have looked.
  const fetched = capture("cargo", fetch, { cwd: root, env });
  if (fetched.status !== 0 && /fetch|clone|network|connect|resolve/i.test(fetched.stderr)) {
    say(`skipped: Rust's advisories (${name} could not fetch its database)`);
    return true;
  }
  return run("cargo", check, { cwd: root, env });
}

function auditNpm() {
  const { status, stdout, stderr } = capture("npm", ["audit", "--audit-level=high"], { cwd: root });
  if (/endpoint|ENOTFOUND|ECONNREFUSED|ETIMEDOUT/.test(stderr)) {
    say("skipped: npm's advisories (the registry did not answer)");
    return true;
  }
  console.log(stdout.trim());
  return status === 0;
}

await main(import.meta.url, async () => {
  if (!(await audit())) throw new Failure("a dependency is known to be unsafe: see above.");
});
