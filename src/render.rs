//! Samples as an RGBA picture: plain slices in, plain bytes out. No tensors, no canvas.

/// An RGBA picture, eight bits a channel, row by row from the top.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    /// Pixels in a row.
    pub width: usize,
    /// Pixels in a column.
    pub height: usize,
    /// `4 · width · height` bytes: red, green, blue, alpha.
    pub rgba: Vec<u8>,
}

/// Pixels between tiles; they are transparent, so the page's background shows.
const GAP: usize = 1;

/// Lays grey tiles out in rows of `tile_columns`.
///
/// `samples` holds whole tiles of `rows · columns` numbers in [-1, 1], black to white; what lies
/// beyond is cut off, and a number that is not one is shown in black.
///
/// # Panics
///
/// Unless `samples` holds whole tiles, at least one, and `tile_columns` is at least one.
pub fn grid(samples: &[f32], rows: usize, columns: usize, tile_columns: usize) -> Grid {
    let tile = rows * columns;
    assert!(
        tile > 0 && tile_columns > 0 && !samples.is_empty() && samples.len().is_multiple_of(tile),
        "the samples must be whole tiles"
    );
    let tiles = samples.len() / tile;
    let tile_rows = tiles.div_ceil(tile_columns);
    let width = tile_columns * (columns + GAP) - GAP;
    let height = tile_rows * (rows + GAP) - GAP;
    let mut rgba = vec![0; 4 * width * height];
    for (index, tile) in samples.chunks_exact(tile).enumerate() {
        let left = index % tile_columns * (columns + GAP);
        let top = index / tile_columns * (rows + GAP);
        for (row, values) in tile.chunks_exact(columns).enumerate() {
            let start = 4 * ((top + row) * width + left);
            let pixels = rgba[start..start + 4 * columns].chunks_exact_mut(4);
            for (pixel, &value) in pixels.zip(values) {
                // `as` saturates, and takes NaN to 0.
                let grey = ((value + 1.0) * 127.5).round() as u8;
                pixel.copy_from_slice(&[grey, grey, grey, u8::MAX]);
            }
        }
    }
    Grid {
        width,
        height,
        rgba,
    }
}
