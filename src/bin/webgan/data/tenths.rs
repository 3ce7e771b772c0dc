//! Which pictures are held out where nothing comes held out: every tenth, by the rule of the page's
//! `www/pictures/tenths.js`, so that both hold out the same. It reads nothing.

use std::collections::HashSet;

use clap::ValueEnum;
use webgan::data::{ImageSet, Images};

use crate::files::Result;

/// What becomes of pictures of which none comes held out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum HoldOut {
    /// Every tenth is held out.
    #[default]
    Tenth,
    /// All are learned.
    None,
}

/// Of so many pictures one is held out.
const TENTH: usize = 10;
/// From one ten to the next the place that is held out moves on by so many: by none, every tenth
/// picture would be one column of a sheet of ten.
const TURN: usize = 7;
/// Of fewer pictures none is held out.
pub(super) const FEWEST: usize = 2 * TENTH;

/// The places that are held out, ascending. Those count that are the same as no other and not alone in their class,
/// class by class; of each ten of them one is held out.
///
/// - `twins`: places of pictures that are the same as an earlier one, each with the first one's
fn places(count: usize, labels: Option<&[u8]>, twins: &[(usize, usize)]) -> Vec<usize> {
    let alike: HashSet<_> = twins
        .iter()
        .flat_map(|&(twin, first)| [twin, first])
        .collect();
    let label = |place: usize| labels.map_or(0, |labels| labels[place]);
    let mut sizes = [0_usize; 256];
    for place in 0..count {
        sizes[usize::from(label(place))] += 1;
    }
    let mut counted: Vec<_> = (0..count)
        .filter(|&place| !alike.contains(&place) && sizes[usize::from(label(place))] > 1)
        .collect();
    if counted.len() < FEWEST {
        return Vec::new();
    }
    counted.sort_by_key(|&place| label(place));
    let tens = counted.chunks_exact(TENTH).enumerate();
    let mut places: Vec<_> = tens
        .map(|(ten, some)| some[(TENTH - 1 + TURN * ten) % TENTH])
        .collect();
    places.sort_unstable();
    places
}

/// What is learned, and every tenth; none where there are too few.
pub(super) fn split(
    set: ImageSet,
    twins: &[(usize, usize)],
) -> Result<(ImageSet, Option<ImageSet>)> {
    let out = places(set.count(), set.classes(), twins);
    if out.is_empty() {
        return Ok((set, None));
    }
    let shape = set.shape();
    let part = |is_out: bool| {
        let chosen: Vec<_> = (0..set.count())
            .filter(|place| out.binary_search(place).is_ok() == is_out)
            .collect();
        let pictures = chosen.iter().map(|place| {
            let at = place * shape.features();
            &set.pixels()[at..at + shape.features()]
        });
        let images = Images {
            count: chosen.len(),
            rows: shape.height,
            columns: shape.width,
            channels: shape.channels,
            pixels: pictures.collect::<Vec<_>>().concat(),
        };
        let label =
            |&place: &usize, classes: &[u8]| set.class_labels()[usize::from(classes[place])];
        let labels = (set.classes())
            .map(|classes| chosen.iter().map(|place| label(place, classes)).collect());
        ImageSet::new(images, labels)
    };
    Ok((part(false)?, Some(part(true)?)))
}
