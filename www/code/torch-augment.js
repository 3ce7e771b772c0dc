// What the discriminator sees in place of a picture while it trains, in Python, for PyTorch: DiffAugment's changes of
// colour, moves and cutout, and mirroring and scaling, in the program's order; and pairs, which are moved before anything is made of
// them. Noise is torch-step.js's.

/** @import { Picture, Recipe } from "./recipe.js" */

/**
 * A function `augment`, or nothing where the run changes no pictures.
 * @param {Recipe} recipe
 * @param {Picture | undefined} picture
 */
export function augmentation(recipe, picture) {
  const { colour, cutout } = recipe;
  const cuts = typeof cutout === "number";
  if (picture === undefined || !(isMoved(recipe) || cuts || colour === true)) return "";
  const lines = [
    ...(colour === true ? coloured(picture.channels) : []),
    ...(isMoved(recipe) ? moved(recipe, picture) : []),
    ...(cuts ? cut(cutout, picture) : []),
  ];
  return `def augment(rows):
    """Pictures as the discriminator sees them, each changed anew (DiffAugment, Zhao et al. 2020)."""
${body([...viewed(picture), ...lines, "return x.flatten(1)"])}
`;
}

/**
 * A function `jitter`, or nothing where pairs are not moved.
 * @param {Recipe} recipe
 * @param {Picture | undefined} pair
 */
export function pairMoves(recipe, pair) {
  if (pair === undefined || !isMoved(recipe)) return "";
  const lines = [
    "rows = beside(inputs, real)",
    ...viewed(pair),
    ...moved(recipe, pair),
    "rows = x.flatten(1)",
    "return rows[:, INPUT:], rows[:, :INPUT]",
  ];
  return `def jitter(real, inputs):
    """Pairs as a step learns from them, each moved as one before anything is made of it (Isola et al. 2017)."""
${body(lines)}
`;
}

/** @param {Recipe} recipe */
function isMoved({ translation, mirror, zoom }) {
  return (translation ?? 0) > 0 || mirror === true || typeof zoom === "number";
}

/** @param {string[]} lines */
function body(lines) {
  return lines.map((line) => (line === "" ? "" : `    ${line}`)).join("\n");
}

/** @param {Picture} picture */
function viewed({ height, width, channels }) {
  return [
    `x = rows.view(-1, ${channels}, ${height}, ${width})`,
    "",
    "def uniform(*sizes):",
    "    return torch.rand(len(x), *sizes, device=device)",
    "",
  ];
}

/** @param {number} channels */
function coloured(channels) {
  return [
    "# Brightness, saturation, contrast.",
    "x = x + uniform(1, 1, 1) - 0.5",
    ...(channels === 1
      ? []
      : ["grey = x.mean(1, keepdim=True)", "x = grey + (x - grey) * 2 * uniform(1, 1, 1)"]),
    "mean = x.mean((1, 2, 3), keepdim=True)",
    "x = mean + (x - mean) * (0.5 + uniform(1, 1, 1))",
  ];
}

/**
 * @param {Recipe} recipe
 * @param {Picture} picture
 */
function moved({ translation, mirror, zoom }, { height, width }) {
  const moves = translation ?? 0;
  const scaled = typeof zoom === "number";
  const from = (/** @type {number} */ side) => {
    const [places, last] = [`torch.arange(${side}, device=device)`, side - 1];
    const step = moves === 0 ? "" : ` + (uniform(1) * ${2 * moves + 1}).long() - ${moves}`;
    if (scaled) return `((${places}${step} - ${last / 2}) / scale + ${last / 2}).clamp(0, ${last})`;
    return moves === 0 ? `${places}.repeat(len(x), 1)` : `(${places}${step}).clamp(0, ${last})`;
  };
  return [
    ...(scaled ? [`scale = ${round(1 - zoom)} + uniform(1) * ${round(2 * zoom)}`] : []),
    ...(moves === 0 && !scaled ? [] : ["# Where each pixel comes from; edges go on outside."]),
    `down = ${from(height)}`,
    `across = ${from(width)}`,
    ...(mirror === true
      ? [
          "# Half of them mirrored.",
          `across = torch.where(uniform(1) < 0.5, ${width - 1} - across, across)`,
        ]
      : []),
    ...(scaled ? between({ height, width }) : whole()),
  ];
}

/** Pixels from whole places. */
function whole() {
  return [
    "each = torch.arange(len(x), device=device)[:, None, None]",
    "x = x[each, :, down[:, :, None], across[:, None, :]].permute(0, 3, 1, 2)",
  ];
}

/** Pixels from between two places, in proportion. @param {Pick<Picture, "height" | "width">} picture */
function between({ height, width }) {
  const near = (/** @type {string} */ from, /** @type {number} */ side) =>
    `(1 - (${from}[:, None, :, None] - torch.arange(${side}, device=device)).abs()).clamp(min=0)`;
  return [
    "# Between two places it is of both, in proportion.",
    `x = ${near("down", height)} @ x @ ${near("across", width)}.mT`,
  ];
}

/**
 * @param {number} share
 * @param {Picture} picture
 */
function cut(share, { height, width }) {
  const near = (/** @type {number} */ side) =>
    `(torch.arange(${side}, device=device) + 0.5 - ${side} * uniform(1)).abs() < ${round((share * side) / 2)}`;
  return [
    "# A rectangle of each becomes a middle grey.",
    `down = ${near(height)}`,
    `across = ${near(width)}`,
    "x = x * ~(down[:, None, :, None] & across[:, None, None, :])",
  ];
}

/** @param {number} number */
function round(number) {
  return Number(number.toPrecision(6));
}
