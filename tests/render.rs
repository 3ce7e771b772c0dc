//! The grid: where tiles lie, and what becomes of numbers outside [-1, 1].

use webgan::render::grid;
use webgan::shape::SampleShape;

#[test]
fn tiles_lie_in_rows_with_transparent_gaps() {
    // Three 1×2 tiles in two columns: black-white, grey-grey, white-black.
    let samples = [-1.0, 1.0, 0.0, 0.0, 1.0, -1.0];
    let picture = grid(&samples, 2.into(), 2);
    assert_eq!((picture.width, picture.height), (5, 3));
    let pixel = |x: usize, y: usize| {
        let start = 4 * (y * picture.width + x);
        picture.rgba[start..start + 4].to_vec()
    };
    let grey = |level| vec![level, level, level, 255];
    let clear = vec![0; 4];
    assert_eq!((pixel(0, 0), pixel(1, 0)), (grey(0), grey(255)));
    assert_eq!(pixel(2, 0), clear, "gap");
    assert_eq!((pixel(3, 0), pixel(4, 0)), (grey(128), grey(128)));
    assert_eq!(pixel(0, 1), clear, "gap");
    assert_eq!((pixel(0, 2), pixel(1, 2)), (grey(255), grey(0)));
    assert_eq!(pixel(4, 2), clear, "no fourth tile");
}

#[test]
fn numbers_outside_the_range_are_cut_off_and_nan_is_black() {
    let picture = grid(&[-7.0, 7.0, f32::NAN], 3.into(), 1);
    let levels: Vec<u8> = picture.rgba.chunks(4).map(|pixel| pixel[0]).collect();
    assert_eq!(levels, [0, 255, 0]);
}

#[test]
fn three_channels_are_red_green_and_blue() {
    let shape = SampleShape {
        height: 2,
        width: 1,
        channels: 3,
    };
    // Above all red, below green and some blue.
    let samples = [1.0, -1.0, -1.0, 1.0, -1.0, 0.0];
    let picture = grid(&samples, shape, 1);
    assert_eq!((picture.width, picture.height), (1, 2));
    assert_eq!(picture.rgba, [255, 0, 0, 255, 0, 255, 128, 255]);
}
