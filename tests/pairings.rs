//! What pictures are made of, and the measures of how near what was made comes to them.

use webgan::data::Pairing;
use webgan::metrics::{Likeness, likeness};
use webgan::shape::SampleShape;

/// Bytes, as `draws` in pairings_reference.py.
fn draws(seed: u32, count: usize) -> Vec<usize> {
    let mut state = seed;
    let draw = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as usize
    };
    std::iter::repeat_with(draw).take(count).collect()
}

/// As `pictures` in pairings_reference.py: what was made, and the truth.
fn made([count, channels, height, width]: [usize; 4]) -> [Vec<f32>; 2] {
    let all = count * channels * height * width;
    let [first, second] = [1, 2].map(|seed| draws(seed, all));
    let level = |value: usize| value as f32 / 127.5 - 1.0;
    let truth: Vec<_> = (0..all)
        .map(|place| {
            let (row, column) = (place / width % height, place % width);
            let channel = place / (width * height) % channels;
            (3 * (3 * column + 2 * row + 20 * channel) + first[place]) / 4
        })
        .collect();
    let made = (0..all).map(|place| level((3 * truth[place] + second[place]) / 4));
    [
        made.collect(),
        truth.iter().map(|&value| level(value)).collect(),
    ]
}

#[test]
fn measures_of_pairs_are_those_of_scikit_image() {
    // From pairings_reference.py.
    let expected = [
        (
            [3, 1, 28, 28],
            [0.0750983726824063, 20.851571517059394, 0.6040767652134202],
        ),
        (
            [2, 3, 9, 12],
            [0.08369038973614137, 20.021349550343555, 0.5983798897270236],
        ),
    ];
    for (shape, [l1, psnr, ssim]) in expected {
        let [made, truth] = made(shape);
        let found = likeness(&made, &truth, [shape[1], shape[2], shape[3]]).unwrap();
        for (found, expected) in [(found.l1, l1), (found.psnr, psnr), (found.ssim, ssim)] {
            assert!(
                (found - expected).abs() < 1e-5 * expected,
                "{found}, {expected}"
            );
        }
    }
}

#[test]
fn a_copy_is_as_like_as_eight_bits_can_tell() {
    let [made, _] = made([2, 3, 9, 12]);
    let Likeness { l1, psnr, ssim } = likeness(&made, &made, [3, 9, 12]).unwrap();
    assert_eq!((l1, (psnr * 10.0).round()), (0.0, 589.0));
    assert!((ssim - 1.0).abs() < 1e-12);
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let code =
        |made: &[f32], truth: &[f32], shape| likeness(made, truth, shape).unwrap_err().code();
    assert_eq!(code(&[0.0; 48], &[0.0; 48], [3, 4, 4]), "metrics.shape");
    assert_eq!(code(&[0.0; 64], &[0.0; 128], [1, 8, 8]), "metrics.shape");
    assert_eq!(code(&[0.0; 63], &[0.0; 64], [1, 8, 8]), "metrics.shape");
    assert_eq!(code(&[], &[], [1, 8, 8]), "metrics.shape");
    assert_eq!(
        code(&[f32::NAN; 64], &[0.0; 64], [1, 8, 8]),
        "metrics.not_finite"
    );
}

const COLOURS: SampleShape = SampleShape {
    height: 12,
    width: 16,
    channels: 3,
};

/// A picture by its pixels' colours.
fn picture(colour: impl Fn(usize, usize) -> [u8; 3]) -> Vec<u8> {
    let places =
        (0..COLOURS.height).flat_map(|row| (0..COLOURS.width).map(move |column| (row, column)));
    places
        .flat_map(|(row, column)| colour(row, column))
        .collect()
}

fn columns_of_ink(image: &[u8]) -> Vec<usize> {
    let lines = Pairing::Outline.input(image, COLOURS);
    assert!(lines.iter().all(|&level| level == 0 || level == 255));
    let row = |row: usize| -> Vec<usize> {
        let pixels = lines[row * COLOURS.width..][..COLOURS.width]
            .iter()
            .enumerate();
        pixels
            .filter(|&(_, &level)| level == 0)
            .map(|(column, _)| column)
            .collect()
    };
    let first = row(0);
    assert!(
        (1..COLOURS.height).all(|other| row(other) == first),
        "no line is straight"
    );
    first
}

#[test]
fn an_outline_is_a_thin_line_where_two_colours_meet() {
    let step = |column: usize| {
        if column < 8 {
            [240, 200, 30]
        } else {
            [40, 60, 200]
        }
    };
    assert_eq!(columns_of_ink(&picture(|_, column| step(column))), [7]);
    // Blurred over two pixels, it is one line still.
    let blurred = |column: usize| match column {
        7 => [190, 165, 72],
        8 => [90, 95, 157],
        _ => step(column),
    };
    assert_eq!(
        columns_of_ink(&picture(|_, column| blurred(column))).len(),
        1
    );
    // A line that was drawn is a line, and not two.
    let drawn = |column: usize| if column == 8 { [0; 3] } else { [250; 3] };
    let ink = columns_of_ink(&picture(|_, column| drawn(column)));
    assert!(
        (1..=2).contains(&ink.len()) && ink.iter().all(|column| (7..=8).contains(column)),
        "{ink:?}"
    );
}

#[test]
fn an_outline_has_no_lines_in_a_slope_or_in_noise() {
    assert!(columns_of_ink(&picture(|_, column| [10 * column as u8, 100, 100])).is_empty());
    let noise = draws(5, 12 * 16);
    let noisy = picture(|row, column| [120 + (noise[row * 16 + column] % 12) as u8; 3]);
    assert!(columns_of_ink(&noisy).is_empty());
}

#[test]
fn halves_greys_and_blocks_are_what_they_say() {
    let image = picture(|row, column| [(10 * row) as u8, (10 * column) as u8, 7]);
    let at = |pixels: &[u8], row: usize, column: usize, channels: usize| {
        pixels[(row * COLOURS.width + column) * channels..][..channels].to_vec()
    };
    let half = Pairing::Half.input(&image, COLOURS);
    assert_eq!(at(&half, 5, 7, 3), [50, 70, 7]);
    assert_eq!(at(&half, 5, 8, 3), [128; 3]);
    let grey = Pairing::Grey.input(&image, COLOURS);
    // 0.299 · 50 + 0.587 · 80 + 0.114 · 7
    assert_eq!(at(&grey, 5, 8, 1), [63]);
    let coarse = Pairing::Coarse.input(&image, COLOURS);
    // Rows 4 to 7, columns 8 to 11.
    assert_eq!(at(&coarse, 5, 8, 3), [55, 95, 7]);
    assert_eq!(at(&coarse, 5, 8, 3), at(&coarse, 7, 11, 3));
    for id in Pairing::IDS {
        let pairing = Pairing::by_id(id).unwrap();
        let size = pairing.input_shape(COLOURS).features();
        assert_eq!(pairing.input(&image, COLOURS).len(), size, "{id}");
    }
    let grey = SampleShape {
        channels: 1,
        ..COLOURS
    };
    let of_grey = |id| Pairing::by_id(id).unwrap().check(grey);
    assert_eq!(of_grey("grey").unwrap_err().code(), "data.colours");
    assert!(of_grey("half").is_ok() && Pairing::Grey.check(COLOURS).is_ok());
    assert_eq!(Pairing::by_id("third").unwrap_err().code(), "data.pairing");
}
