//! Pictures that are made out of others, without files.

use rand::RngExt;
use rand_pcg::Pcg64;
use webgan::data::{ImageSet, Images};

/// Squares on white, each of a colour that its place tells, and their outlines: pictures of so many pixels a side.
pub fn squares(side: usize, count: usize, seed: u64) -> ImageSet {
    let mut rng = Pcg64::new(seed.into(), 0);
    let mut pixels = Vec::new();
    let mut inputs = Vec::new();
    for _ in 0..count {
        let [left, top] = [(); 2].map(|()| rng.random_range(2..side - 16));
        let colour = if left < 9 {
            [220, 40, 30]
        } else {
            [30, 90, 220]
        };
        for row in 0..side {
            for column in 0..side {
                let (down, across) = (row.wrapping_sub(top), column.wrapping_sub(left));
                let is_inside = down < 14 && across < 14;
                let is_edge = is_inside && (down % 13 == 0 || across % 13 == 0);
                inputs.push(if is_edge { 0 } else { 255 });
                pixels.extend(match (is_edge, is_inside) {
                    (true, _) => [0; 3],
                    (false, true) => colour,
                    (false, false) => [255; 3],
                });
            }
        }
    }
    let images = |channels, pixels| Images {
        count,
        rows: side,
        columns: side,
        channels,
        pixels,
    };
    let set = ImageSet::new(images(3, pixels), None).unwrap();
    set.with_inputs(images(1, inputs)).unwrap()
}
