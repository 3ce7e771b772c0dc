// What the discriminator sees in place of a picture while it trains, in Python, for PyTorch: DiffAugment's changes of
// colour, moves and cutout, and mirroring, in the program's order. Noise is torch-step.js's.

/** @import { Picture, Recipe } from "./recipe.js" */

/**
 * A function `augment`, or nothing where the run changes no pictures.
 * @param {Recipe} recipe
 * @param {Picture | undefined} picture
 */
export function augmentation(recipe, picture) {
  const { translation, mirror, colour, cutout } = recipe;
  const moves = translation ?? 0;
  const isMoved = moves > 0 || mirror === true;
  const cuts = typeof cutout === "number";
  if (picture === undefined || !(isMoved || cuts || colour === true)) return "";
  const { height, width, channels } = picture;
  const lines = [
    `x = rows.view(-1, ${channels}, ${height}, ${width})`,
    "",
    "def uniform(*sizes):",
    "    return torch.rand(len(x), *sizes, device=device)",
    "",
    ...(colour === true ? coloured(channels) : []),
    ...(isMoved ? moved(moves, mirror === true, picture) : []),
    ...(cuts ? cut(cutout, picture) : []),
    "return x.flatten(1)",
  ];
  const body = lines.map((line) => (line === "" ? "" : `    ${line}`)).join("\n");
  return `def augment(rows):
    """Pictures as the discriminator sees them, each changed anew (DiffAugment, Zhao et al. 2020)."""
${body}
`;
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
 * @param {number} moves
 * @param {boolean} mirror
 * @param {Picture} picture
 */
function moved(moves, mirror, { height, width }) {
  const from = (/** @type {number} */ side) => {
    const places = `torch.arange(${side}, device=device)`;
    return moves === 0
      ? `${places}.repeat(len(x), 1)`
      : `(${places} + (uniform(1) * ${2 * moves + 1}).long() - ${moves}).clamp(0, ${side - 1})`;
  };
  return [
    ...(moves === 0 ? [] : ["# Where each pixel comes from; edges go on outside."]),
    `down = ${from(height)}`,
    `across = ${from(width)}`,
    ...(mirror
      ? [
          "# Half of them mirrored.",
          `across = torch.where(uniform(1) < 0.5, ${width - 1} - across, across)`,
        ]
      : []),
    "each = torch.arange(len(x), device=device)[:, None, None]",
    "x = x[each, :, down[:, :, None], across[:, None, :]].permute(0, 3, 1, 2)",
  ];
}

/**
 * @param {number} share
 * @param {Picture} picture
 */
function cut(share, { height, width }) {
  const near = (/** @type {number} */ side) =>
    `(torch.arange(${side}, device=device) + 0.5 - ${side} * uniform(1)).abs() < ${Number(((share * side) / 2).toPrecision(6))}`;
  return [
    "# A rectangle of each becomes a middle grey.",
    `down = ${near(height)}`,
    `across = ${near(width)}`,
    "x = x * ~(down[:, None, :, None] & across[:, None, None, :])",
  ];
}
