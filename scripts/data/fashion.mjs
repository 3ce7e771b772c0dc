// Fashion-MNIST: from Debian's package `dataset-fashion-mnist`, installed or fetched, or from the mirrors that
// others use. All 70,000 pictures, as their makers split them.

import { existsSync, mkdirSync, readdirSync } from "node:fs";
import path from "node:path";

import { cache } from "../lib/places.mjs";
import { capture } from "../lib/proc.mjs";
import { NAMES } from "./idx.mjs";

const PACKAGE = "dataset-fashion-mnist";
/** In a Debian package, and on a system that has it. */
const PLACE = "usr/share/datasets/fashion-mnist";

/** @type {import("./drawn.mjs").About} */
export const ABOUT = {
  classes: [
    "T-shirt",
    "trousers",
    "pullover",
    "dress",
    "coat",
    "sandal",
    "shirt",
    "trainer",
    "bag",
    "boot",
  ],
  credits: [
    {
      title: "Fashion-MNIST",
      author: "Zalando SE",
      license: "MIT",
      url: "https://github.com/zalandoresearch/fashion-mnist",
    },
  ],
};

export const MIRRORS = [
  "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
  "https://storage.googleapis.com/tensorflow/tf-keras-datasets/",
];

/** Sizes as published with the files; SHA-256 as recorded by Flux.jl (src/data/fashion-mnist.jl). */
export const FILES = [
  { size: 26421880, sha256: "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84" },
  { size: 29515, sha256: "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845" },
  { size: 4422102, sha256: "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073" },
  { size: 5148, sha256: "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5" },
].map((rest, index) => ({ name: NAMES[index], ...rest }));

/** @returns {string | undefined} the folder of Debian's files, where apt can bring them without being root */
export function debianFolder() {
  const installed = `/${PLACE}`;
  if (existsSync(installed)) return installed;
  const folder = path.join(cache, "fashion");
  const unpacked = path.join(folder, PLACE);
  if (existsSync(unpacked)) return unpacked;
  mkdirSync(folder, { recursive: true });
  if (capture("apt-get", ["download", PACKAGE], { cwd: folder }).status !== 0) return undefined;
  const file = readdirSync(folder).find(
    (name) => name.startsWith(PACKAGE) && name.endsWith(".deb"),
  );
  if (file === undefined) return undefined;
  const { status } = capture("dpkg-deb", ["-x", path.join(folder, file), folder]);
  return status === 0 ? unpacked : undefined;
}
