//! Samples as an RGBA picture: plain slices in, plain bytes out. No tensors, no canvas.

use crate::shape::SampleShape;

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

#[cfg(feature = "png")]
impl Grid {
    /// The picture as a PNG file.
    pub fn to_png(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, self.width as u32, self.height as u32);
        encoder.set_color(png::ColorType::Rgba);
        encoder.set_depth(png::BitDepth::Eight);
        let written = encoder.write_header().and_then(|mut writer| {
            writer.write_image_data(&self.rgba)?;
            writer.finish()
        });
        written.expect("the bytes are as many as the pixels, and memory takes them");
        bytes
    }
}

/// Pixels between tiles; they are transparent, so the page's background shows.
const GAP: usize = 1;

/// Lays tiles out in rows of `tile_columns`.
///
/// `samples` holds whole tiles of numbers in [-1, 1], dark to light; what lies beyond is cut off, and a
/// number that is not one is shown as −1. Tiles of three channels are red, green and blue, others are grey.
///
/// # Panics
///
/// Unless `samples` holds whole tiles, at least one, and `tile_columns` is at least one.
pub fn grid(samples: &[f32], shape: SampleShape, tile_columns: usize) -> Grid {
    let SampleShape {
        height: rows,
        width: columns,
        channels,
    } = shape;
    let tile = shape.features();
    assert!(
        tile > 0 && tile_columns > 0 && !samples.is_empty() && samples.len().is_multiple_of(tile),
        "the samples must be whole tiles"
    );
    let tiles = samples.len() / tile;
    let tile_rows = tiles.div_ceil(tile_columns);
    let width = tile_columns * (columns + GAP) - GAP;
    let height = tile_rows * (rows + GAP) - GAP;
    let mut rgba = vec![0; 4 * width * height];
    // Where a tile's numbers of red, green and blue begin.
    let colours = match channels {
        3 => [0, rows * columns, 2 * rows * columns],
        _ => [0; 3],
    };
    for (index, tile) in samples.chunks_exact(tile).enumerate() {
        let left = index % tile_columns * (columns + GAP);
        let top = index / tile_columns * (rows + GAP);
        for row in 0..rows {
            let start = 4 * ((top + row) * width + left);
            let pixels = rgba[start..start + 4 * columns].chunks_exact_mut(4);
            for (column, pixel) in pixels.enumerate() {
                let level = |colour: usize| {
                    // `as` saturates, and takes NaN to 0.
                    ((tile[colour + row * columns + column] + 1.0) * 127.5).round() as u8
                };
                pixel[..3].copy_from_slice(&colours.map(level));
                pixel[3] = u8::MAX;
            }
        }
    }
    Grid {
        width,
        height,
        rgba,
    }
}
