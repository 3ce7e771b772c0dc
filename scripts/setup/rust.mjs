// The Rust compiler and its standard library for wasm32-unknown-unknown.
// The ordinary route is `rustup target add`. A machine that reaches a Debian mirror but not
// rustup's server gets the library built from Debian's copy of the compiler's own sources.
// Installs no compiler: that is the user's choice.

import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";

import { environment, scratch } from "../lib/places.mjs";
import { capture, Failure, run, say, which } from "../lib/proc.mjs";

const OLDEST = [1, 95];
const TARGET = "wasm32-unknown-unknown";
const RUSTUP_LIMIT_MS = 120_000;
/** Marks a standard library that we built, so that we may replace it and nobody else's. */
const MARK = "built-by-webgan";

/** @returns {string} the compiler's version, such as 1.95.0 */
export function requireRust() {
  const env = environment();
  const advice = "install it with rustup (https://rustup.rs) and start again";
  const { status, stdout } = capture("rustc", ["--version"], { env });
  if (status !== 0 || !which("cargo", env)) {
    throw new Failure(`Rust ${OLDEST.join(".")} or newer is needed and was not found: ${advice}.`);
  }
  const version = stdout.split(" ")[1];
  const [major, minor] = version.split(".").map(Number);
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
    throw new Failure(
      `Rust ${OLDEST.join(".")} or newer is needed and this is ${version}: run \`rustup update stable\`.`,
    );
  }
  return version;
}

/** What only the tests need of the toolchain; rustup's minimal profile leaves it out. */
export async function requireLinters() {
  const env = environment();
  for (const [command, component] of [
    ["fmt", "rustfmt"],
    ["clippy", "clippy"],
  ]) {
    const works = () => capture("cargo", [command, "--version"], { env }).status === 0;
    if (works()) continue;
    await run("rustup", ["component", "add", component], { env, quiet: true });
    if (!works()) {
      throw new Failure(
        `\`cargo ${command}\` is missing: run \`rustup component add ${component}\`.`,
      );
    }
  }
}

export async function requireWasmTarget() {
  const version = requireRust();
  if (wasmTargetWorks()) return;
  say(`adding the ${TARGET} standard library`);
  if (await addWithRustup()) return;
  const reason = await buildFromDebianSources(version);
  if (reason) {
    throw new Failure(
      `the Rust standard library for ${TARGET} is missing, \`rustup target add ${TARGET}\` did not work, ` +
        `and it could not be built from Debian's sources (${reason}).`,
    );
  }
}

/** Type-checks an empty test: needs std and test for the target, from this very compiler. */
function wasmTargetWorks() {
  const folder = scratch("probe");
  const args = ["--test", "--edition=2024", `--target=${TARGET}`, "--emit=metadata", "-"];
  const { status } = capture("rustc", [...args, "-o", path.join(folder, "probe.rmeta")], {
    env: environment(),
    input: "#[test] fn probe() {}",
  });
  rmSync(folder, { recursive: true });
  return status === 0;
}

function sysroot() {
  return capture("rustc", ["--print", "sysroot"], { env: environment() }).stdout.trim();
}

/** Where the compiler looks for the standard library's own sources. */
function sourcesPlace() {
  return path.join(sysroot(), "lib/rustlib/src/rust/library");
}

async function addWithRustup() {
  const env = environment();
  if (!which("rustup", env)) return false;
  const stale = path.join(sysroot(), "lib/rustlib", TARGET);
  if (existsSync(path.join(stale, MARK))) rmSync(stale, { recursive: true });
  await run("rustup", ["target", "add", TARGET], { env, quiet: true, timeout: RUSTUP_LIMIT_MS });
  return wasmTargetWorks();
}

/**
 * @param {string} version
 * @returns {Promise<string | null>} what stood in the way, or null
 */
async function buildFromDebianSources(version) {
  const folder = scratch("wasm-std");
  try {
    const lent = await lendSources(version);
    if ("problem" in lent) return lent.problem;
    say(`building the ${TARGET} standard library from source (half a minute)`);
    const built = await buildStd(folder).finally(lent.end);
    if (!built) return "cargo could not build it";
    const own = path.join(sysroot(), "lib/rustlib", TARGET);
    rmSync(own, { recursive: true, force: true });
    mkdirSync(path.join(own, "lib"), { recursive: true });
    writeFileSync(path.join(own, MARK), `${version}\n`);
    for (const file of readdirSync(built)) {
      if (file.endsWith(".rlib") && !file.startsWith("libprobe")) {
        cpSync(path.join(built, file), path.join(own, "lib", file));
      }
    }
    return wasmTargetWorks() ? null : "the compiler does not accept the result";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The standard library's own sources, where the compiler looks for them: those that are there, rustup's, or for as long
 * as they are needed Debian's.
 * @param {string} version
 * @returns {Promise<{ end: () => void } | { problem: string }>}
 */
async function lendSources(version) {
  const place = sourcesPlace();
  if (existsSync(place)) return { end: () => {} };
  const folder = scratch("std-sources");
  const found = await fetchStdSources(version, folder);
  if ("problem" in found) {
    rmSync(folder, { recursive: true, force: true });
    return found;
  }
  mkdirSync(path.dirname(place), { recursive: true });
  rmSync(place, { force: true });
  symlinkSync(found.library, place);
  const end = () => {
    rmSync(place, { force: true });
    rmSync(folder, { recursive: true, force: true });
  };
  return { end };
}

/**
 * Lends the standard library's sources to who builds one for threads.
 * @returns {Promise<{ end: () => void } | { problem: string }>}
 */
export async function stdSources() {
  const env = environment();
  if (!existsSync(sourcesPlace()) && which("rustup", env)) {
    const args = ["component", "add", "rust-src"];
    await run("rustup", args, { env, quiet: true, timeout: RUSTUP_LIMIT_MS });
  }
  return lendSources(requireRust());
}

/**
 * Downloads Debian's rust-src in the compiler's version, with an apt configuration of its own
 * (the machine's is read for the mirror's address and otherwise left alone; root is not needed).
 * @param {string} version
 * @param {string} folder
 * @returns {Promise<{ library: string } | { problem: string }>}
 */
async function fetchStdSources(version, folder) {
  const env = environment();
  if (!which("apt-get", env) || !which("dpkg", env)) return { problem: "there is no apt here" };
  const mirror = debianMirror();
  if (!mirror) return { problem: "apt knows no Debian mirror" };

  const keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";
  const options = existsSync(keyring) ? `[signed-by=${keyring}] ` : "";
  const suites = ["trixie", "trixie-backports", "testing", "sid"];
  const list = suites.map((suite) => `deb ${options}${mirror} ${suite} main\n`).join("");
  writeFileSync(path.join(folder, "sources.list"), list);
  for (const sub of ["lists/partial", "archives/partial", "unpacked", "preferences.d"]) {
    mkdirSync(path.join(folder, sub), { recursive: true });
  }
  writeFileSync(path.join(folder, "status"), "");
  const apt = [
    ["Dir::Etc::sourcelist", path.join(folder, "sources.list")],
    ["Dir::Etc::sourceparts", "/dev/null"],
    ["Dir::Etc::preferencesparts", path.join(folder, "preferences.d")],
    ["Dir::State::lists", path.join(folder, "lists")],
    ["Dir::State::status", path.join(folder, "status")],
    ["Dir::Cache", folder],
    ["Dir::Cache::archives", path.join(folder, "archives")],
    ["APT::Sandbox::User", ""],
    ["Acquire::Languages", "none"],
  ].flatMap(([key, value]) => ["-o", `${key}=${value}`]);

  say(`asking the Debian mirror for the sources of Rust ${version}`);
  // One unreachable suite must not spoil the others, so the exit status says nothing here.
  await run("apt-get", [...apt, "update", "-qq"], { env, quiet: true });
  const revision = capture("apt-cache", [...apt, "madison", "rust-src"], { env })
    .stdout.split("\n")
    .map((line) => line.split("|")[1]?.trim() ?? "")
    .find((candidate) => candidate.startsWith(version));
  if (!revision) return { problem: `the mirror has no rust-src ${version}` };
  const request = [...apt, "download", "-qq", `rust-src=${revision}`];
  if (!(await run("apt-get", request, { env, quiet: true, cwd: folder }))) {
    return { problem: `rust-src ${revision} could not be downloaded` };
  }
  const archive = readdirSync(folder).find((name) => name.endsWith(".deb")) ?? "";
  const unpacked = path.join(folder, "unpacked");
  await run("dpkg", ["-x", path.join(folder, archive), unpacked], { env, quiet: true });
  const library = path.join(unpacked, `usr/src/rustc-${version}/library`);
  return existsSync(library) ? { library } : { problem: `rust-src ${revision} holds no library` };
}

/** The address that the machine's own apt uses for Debian packages. */
function debianMirror() {
  const format = "$(CREATED_BY) $(RELEASE) $(SITE)";
  const { stdout } = capture("apt-get", ["indextargets", "--format", format], {
    env: environment(),
  });
  for (const line of stdout.split("\n")) {
    const [kind, release, site] = line.split(" ");
    if (kind === "Packages" && /\/debian\/?$/.test(site) && !release.includes("security")) {
      return site;
    }
  }
  return null;
}

/**
 * @param {string} folder
 * @returns {Promise<string | null>} where the compiled crates are
 */
async function buildStd(folder) {
  const crate = path.join(folder, "crate");
  const target = path.join(folder, "target");
  mkdirSync(path.join(crate, "src"), { recursive: true });
  const manifest = '[package]\nname = "probe"\nversion = "0.0.0"\nedition = "2024"\n[workspace]\n';
  writeFileSync(path.join(crate, "Cargo.toml"), manifest);
  writeFileSync(path.join(crate, "src/lib.rs"), "");
  // -Zbuild-std is unstable; the variable lets a stable cargo do it for its own version's sources.
  const env = { ...environment(), RUSTC_BOOTSTRAP: "1", CARGO_TARGET_DIR: target };
  const parts = "-Zbuild-std=std,panic_abort,test,proc_macro";
  const args = ["build", "--quiet", "--release", `--target=${TARGET}`, parts];
  if (!(await run("cargo", args, { env, cwd: crate }))) return null;
  return path.join(target, TARGET, "release/deps");
}
