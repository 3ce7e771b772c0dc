//! Some images to be shown: kept when the others are on the device, and laid out as samples are.

use super::images::scaled;
use super::{ImageSet, Images};

impl ImageSet {
    /// The first `count` images of each class; without labels the first `count²`.
    #[must_use]
    pub(crate) fn preview(&self, count: usize) -> Self {
        let mut taken = [0; 1 << u8::BITS];
        let indices: Vec<usize> = match &self.classes {
            None => (0..self.count().min(count * count)).collect(),
            Some(classes) => (0..classes.len())
                .filter(|&index| {
                    let taken = &mut taken[usize::from(classes[index])];
                    *taken += 1;
                    *taken <= count
                })
                .collect(),
        };
        let size = self.shape().features();
        let pixels = indices
            .iter()
            .flat_map(|index| &self.pixels()[index * size..][..size])
            .copied()
            .collect();
        Self {
            images: Images {
                count: indices.len(),
                pixels,
                ..self.images
            },
            classes: (self.classes.as_ref())
                .map(|classes| indices.iter().map(|&index| classes[index]).collect()),
            class_labels: self.class_labels.clone(),
            inputs: None,
        }
    }

    /// Images for a grid, row by row, as numbers from -1 to 1, of so many classes in turn; of all where there are
    /// none. What there are too few of comes again; a class without any image gets others.
    pub(crate) fn grid(&self, rows: usize, columns: usize, class_count: usize) -> Vec<f32> {
        let of_class = |class: usize| -> Vec<usize> {
            let fits = |&(_, &own): &(usize, &u8)| usize::from(own) == class;
            (self.classes.iter().flatten())
                .enumerate()
                .filter(fits)
                .map(|(index, _)| index)
                .collect()
        };
        let all: Vec<usize> = (0..self.count()).collect();
        let classes: Vec<Vec<usize>> = (0..class_count).map(of_class).collect();
        let size = self.shape().features();
        (0..rows * columns)
            .map(|place| match classes.get(place % class_count.max(1)) {
                Some(own) if !own.is_empty() => own[place / class_count % own.len()],
                _ => all[place % all.len()],
            })
            .flat_map(|index| {
                scaled(
                    &self.pixels()[index * size..][..size],
                    self.shape().channels,
                )
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preview_keeps_the_first_of_each_class_and_a_grid_lays_them_out() {
        // Images of one pixel, its grey the image's number; the fourth class has no image.
        let labels = vec![0, 1, 1, 0, 3, 1, 0];
        let images = |labels| {
            let images = Images {
                count: 7,
                rows: 1,
                columns: 1,
                channels: 1,
                pixels: (0..7).collect(),
            };
            ImageSet::new(images, labels).unwrap()
        };
        let preview = images(Some(labels)).preview(2);
        assert_eq!(preview.pixels(), [0, 1, 2, 3, 4]);
        assert_eq!(preview.classes(), Some([0, 1, 1, 0, 2].as_slice()));
        assert_eq!(images(None).preview(2).pixels(), [0, 1, 2, 3]);

        let greys = |values: Vec<f32>| -> Vec<u8> {
            let grey = |value: f32| ((value + 1.0) * 127.5).round() as u8;
            values.into_iter().map(grey).collect()
        };
        // Two rows of four columns, one a class: the third repeats itself, the fourth gets what there is.
        assert_eq!(greys(preview.grid(2, 4, 4)), [0, 1, 4, 3, 3, 2, 4, 2]);
        assert_eq!(greys(preview.grid(3, 3, 0)), [0, 1, 2, 3, 4, 0, 1, 2, 3]);
    }
}
